package io.github.espalier.separator.internal.predict;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What could be known of one task and of its pairs before it began.
 *
 * @param task its number
 * @param own what could be known of it
 * @param pairs it and each younger task, both seen from the same moment
 */
public record ReplayRecord(int task, Seen own, List<Pair> pairs) {
    /**
     * A task as of some moment.
     *
     * @param files those that it may touch
     * @param touched how many it did touch
     * @param there how many of them were there at that moment
     */
    public record Seen(List<File> files, int touched, int there) {}

    /**
     * A file that a task may touch.
     *
     * @param number the file's
     * @param place where it lies
     * @param hit whether it was touched
     * @param features what speaks for it
     * @param shared what it has to do with collisions, likeness left out
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record File(int number, Place place, boolean hit, float[] features, float[] shared) {}

    /**
     * A pair.
     *
     * @param younger the other task's number
     * @param outcome what they came to
     * @param cosine how alike the texts are
     * @param rarest the rarity of the rarest word of both
     * @param apart whether they name different folders
     * @param other what could be known of the other task
     * @param shared what the files that both touched have to do with collisions
     */
    public record Pair(
            int younger, Outcome outcome, float cosine, float rarest, boolean apart, Seen other, List<float[]> shared) {
        /** Whether it is known that they collided. */
        public boolean collided() {
            return outcome == Outcome.COLLIDED;
        }
    }

    /** Whether it is no task of which anything is asked, but one of the changes before them. */
    boolean isLesson() {
        return task < 0;
    }

    /** Writes it. */
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(task);
        write(out, own);
        out.writeInt(pairs.size());
        for (Pair pair : pairs) {
            out.writeInt(pair.younger());
            out.writeByte(pair.outcome().code());
            out.writeFloat(pair.cosine());
            out.writeFloat(pair.rarest());
            out.writeBoolean(pair.apart());
            write(out, pair.other());
            out.writeInt(pair.shared().size());
            for (float[] file : pair.shared()) {
                write(out, file);
            }
        }
    }

    private static void write(DataOutputStream out, Seen seen) throws IOException {
        out.writeInt(seen.touched());
        out.writeInt(seen.there());
        out.writeInt(seen.files().size());
        for (File file : seen.files()) {
            out.writeInt(file.number());
            out.writeInt(file.place().folder());
            out.writeInt(file.place().module());
            out.writeBoolean(file.hit());
            write(out, file.features());
            write(out, file.shared());
        }
    }

    private static void write(DataOutputStream out, float[] values) throws IOException {
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    /** Reads what was written. */
    public static ReplayRecord read(DataInputStream in) throws IOException {
        int task = in.readInt();
        Seen own = readSeen(in);
        int count = in.readInt();
        List<Pair> pairs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int younger = in.readInt();
            Outcome outcome = Outcome.of(in.readByte());
            float cosine = in.readFloat();
            float rarest = in.readFloat();
            boolean apart = in.readBoolean();
            Seen other = readSeen(in);
            int shared = in.readInt();
            List<float[]> files = new ArrayList<>(shared);
            for (int k = 0; k < shared; k++) {
                files.add(readFloats(in, SharedFile.Feature.COUNT));
            }
            pairs.add(new Pair(younger, outcome, cosine, rarest, apart, other, files));
        }
        return new ReplayRecord(task, own, pairs);
    }

    private static Seen readSeen(DataInputStream in) throws IOException {
        int touched = in.readInt();
        int there = in.readInt();
        int count = in.readInt();
        List<File> files = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            files.add(new File(
                    in.readInt(),
                    new Place(in.readInt(), in.readInt()),
                    in.readBoolean(),
                    readFloats(in, Feature.COUNT),
                    readFloats(in, SharedFile.Feature.COUNT)));
        }
        return new Seen(files, touched, there);
    }

    private static float[] readFloats(DataInputStream in, int count) throws IOException {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = in.readFloat();
        }
        return values;
    }
}
