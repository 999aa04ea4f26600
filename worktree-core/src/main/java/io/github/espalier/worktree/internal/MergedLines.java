package io.github.espalier.worktree.internal;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.MyersDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeChunk;

/** A file's three versions side by side: which lines go together, and where the sides do not. */
final class MergedLines {
    /** Myers' algorithm can take the square of the lines: of more than these it would be seconds. */
    private static final int MOST_LINES_OF_MYERS = 5_000;

    private MergedLines() {}

    /** A part of the merged file. */
    sealed interface Piece {
        /** Lines that merge. */
        record Agreed(Range range) implements Piece {}

        /** Lines that do not. */
        record Disputed(Range base, Range ours, Range theirs) implements Piece {}
    }

    /** Lines of a text, counted from 0; the end is not among them. */
    record Range(RawText text, int begin, int end) {
        int count() {
            return end - begin;
        }
    }

    static List<Piece> merge(byte[] base, byte[] ours, byte[] theirs) {
        List<RawText> texts = List.of(new RawText(base), new RawText(ours), new RawText(theirs));
        List<Piece> pieces = new ArrayList<>();
        Range inBase = new Range(texts.get(0), 0, 0);
        Range inOurs = new Range(texts.get(1), 0, 0);
        for (MergeChunk chunk : new MergeAlgorithm(algorithm(texts))
                .merge(RawTextComparator.DEFAULT, texts.get(0), texts.get(1), texts.get(2))) {
            Range range = new Range(texts.get(chunk.getSequenceIndex()), chunk.getBegin(), chunk.getEnd());
            switch (chunk.getConflictState()) {
                case NO_CONFLICT -> pieces.add(new Piece.Agreed(range));
                case FIRST_CONFLICTING_RANGE -> inOurs = range;
                case BASE_CONFLICTING_RANGE -> inBase = range;
                case NEXT_CONFLICTING_RANGE -> pieces.add(new Piece.Disputed(inBase, inOurs, range));
            }
        }
        return pieces;
    }

    private static DiffAlgorithm algorithm(List<RawText> texts) {
        HistogramDiff algorithm = new HistogramDiff();
        boolean large = texts.stream().anyMatch(text -> text.size() > MOST_LINES_OF_MYERS);
        algorithm.setFallbackAlgorithm(large ? null : MyersDiff.INSTANCE);
        return algorithm;
    }
}
