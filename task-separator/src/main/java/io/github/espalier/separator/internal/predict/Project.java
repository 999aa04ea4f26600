package io.github.espalier.separator.internal.predict;

import io.github.espalier.separator.PastChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All that is known of a project at one moment. It is moved on from commit to commit; not thread-safe while it is. */
public final class Project {
    private final ProjectFiles files = new ProjectFiles();
    private final ChangeIndex changes = new ChangeIndex(files);
    private final TermIndex contents = new TermIndex();
    private final Map<Integer, Integer> documents = new HashMap<>();
    private final IntList fileOfDocument = new IntList();
    private final Map<Integer, Integer> sizes = new HashMap<>();
    private long now;
    private List<Integer> hottest = List.of();
    private int hottestAt = -1;

    /** A file is there from now on. */
    public void appear(String path) {
        files.appear(path);
    }

    /** What a file that is there holds. */
    public void content(String path, String text, int size) {
        int file = files.find(path);
        forget(file);
        sizes.put(file, size);
        if (text.isEmpty()) {
            return;
        }
        Map<String, Float> counts = new HashMap<>();
        Terms.scan(text, term -> counts.merge(term, 1f, Float::sum));
        documents.put(file, contents.add(counts));
        fileOfDocument.add(file);
    }

    private void forget(int file) {
        Integer document = documents.remove(file);
        if (document != null) {
            contents.remove(document);
        }
    }

    /** A file is no longer there. */
    public void vanish(String path) {
        int file = files.find(path);
        if (file != ProjectFiles.NONE) {
            forget(file);
            files.vanish(path);
        }
    }

    /** A change was made. Its files are to be told of separately. */
    public void add(PastChange change) {
        changes.add(change);
        now = Math.max(now, change.time().getEpochSecond());
    }

    ProjectFiles files() {
        return files;
    }

    ChangeIndex changes() {
        return changes;
    }

    TermIndex contents() {
        return contents;
    }

    int fileOfContent(int document) {
        return fileOfDocument.get(document);
    }

    int size(int file) {
        return sizes.getOrDefault(file, 0);
    }

    /** The files that change most of late. */
    synchronized List<Integer> hottest(int most) {
        if (hottestAt != changes.size() || hottest.size() > most) {
            Map<Integer, Double> heats = new HashMap<>();
            for (int file : files.all()) {
                if (changes.times(file) > 0) {
                    heats.put(file, changes.heat(file, now));
                }
            }
            hottest = Candidates.best(heats, most).stream()
                    .map(Candidates.Scored::file)
                    .toList();
            hottestAt = changes.size();
        }
        return hottest;
    }

    /** The time of the latest change, in seconds. */
    long now() {
        return now;
    }
}
