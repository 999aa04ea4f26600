package io.github.espalier.separator.internal;

import io.github.espalier.separator.Footprint.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A glob as a nondeterministic automaton (Thompson's construction); two globs meet if the product of their automata reaches an
 * accepting pair.
 */
final class GlobAutomaton {
    private final List<List<Step>> steps = new ArrayList<>();
    private final List<List<Integer>> jumps = new ArrayList<>();
    private final int start = state();
    private int accepting;

    /** To another state by a character of a set. */
    private record Step(CharSet characters, int to) {}

    private GlobAutomaton() {}

    static GlobAutomaton of(Shape shape, String text) {
        GlobAutomaton automaton = new GlobAutomaton();
        if (shape == Shape.GLOB) {
            automaton.accepting = automaton.glob(text, automaton.start);
        } else {
            automaton.accepting = automaton.literal(automaton.start, text);
        }
        if (shape == Shape.DIRECTORY) {
            int below = automaton.anythingBelow(automaton.step(automaton.accepting, CharSet.of('/')));
            automaton.jumps.get(automaton.accepting).add(below);
            automaton.accepting = below;
        }
        return automaton;
    }

    private int state() {
        steps.add(new ArrayList<>());
        jumps.add(new ArrayList<>());
        return steps.size() - 1;
    }

    private int step(int from, CharSet characters) {
        int to = state();
        steps.get(from).add(new Step(characters, to));
        return to;
    }

    private int literal(int from, String text) {
        int at = from;
        for (int i = 0; i < text.length(); i++) {
            at = step(at, CharSet.of(text.charAt(i)));
        }
        return at;
    }

    private void loop(int at, CharSet characters) {
        steps.get(at).add(new Step(characters, at));
    }

    /** Builds from a state on; returns the state behind. */
    private int glob(String glob, int from) {
        int at = from;
        for (int i = 0; i < glob.length(); ) {
            char c = glob.charAt(i);
            if (c == '*') {
                int end = i;
                while (end < glob.length() && glob.charAt(end) == '*') {
                    end++;
                }
                boolean whole = end - i >= 2
                        && (i == 0 || glob.charAt(i - 1) == '/')
                        && (end == glob.length() || glob.charAt(end) == '/');
                at = state(at);
                if (whole && end < glob.length()) {
                    at = anyFolders(at);
                    end++;
                } else {
                    at = whole ? anythingBelow(at) : anyName(at);
                }
                i = end;
            } else if (c == '?') {
                at = step(at, CharSet.anyInName());
                i++;
            } else if (c == '[' && classEnd(glob, i) > 0) {
                int end = classEnd(glob, i);
                at = characterClass(glob.substring(i, end + 1), at);
                i = end + 1;
            } else if (c == '{' && braceEnd(glob, i) > 0) {
                int end = braceEnd(glob, i);
                at = alternatives(glob.substring(i + 1, end), at);
                i = end + 1;
            } else {
                at = step(at, CharSet.of(c));
                i++;
            }
        }
        return at;
    }

    /** A fresh state behind one, so that a loop on it belongs to nothing else. */
    private int state(int from) {
        int fresh = state();
        jumps.get(from).add(fresh);
        return fresh;
    }

    private int anyName(int at) {
        loop(at, CharSet.anyInName());
        return state(at);
    }

    /** Zero or more names, each with its slash. */
    private int anyFolders(int at) {
        int name = step(at, CharSet.anyInName());
        loop(name, CharSet.anyInName());
        steps.get(name).add(new Step(CharSet.of('/'), at));
        return state(at);
    }

    /** One or more names with slashes between them. */
    private int anythingBelow(int at) {
        int name = step(at, CharSet.anyInName());
        loop(name, CharSet.anyInName());
        steps.get(name).add(new Step(CharSet.of('/'), at));
        return state(name);
    }

    /** Names such as {@code [id]} are common, so the brackets may also stand for themselves. */
    private int characterClass(String text, int from) {
        int end = state();
        String inner = text.substring(1, text.length() - 1);
        boolean negated = inner.startsWith("!") || inner.startsWith("^");
        List<CharSet.Range> ranges = new ArrayList<>();
        for (int i = negated ? 1 : 0; i < inner.length(); i++) {
            boolean range = i + 2 < inner.length() && inner.charAt(i + 1) == '-';
            ranges.add(new CharSet.Range(inner.charAt(i), inner.charAt(range ? i + 2 : i)));
            i += range ? 2 : 0;
        }
        steps.get(from).add(new Step(CharSet.of(ranges, negated), end));
        jumps.get(literal(from, text)).add(end);
        return end;
    }

    private static int classEnd(String glob, int open) {
        int end = glob.indexOf(']', open + 2);
        return end > 0 && glob.substring(open, end).indexOf('/') < 0 ? end : -1;
    }

    private int alternatives(String inner, int from) {
        int end = state();
        int depth = 0;
        int begin = 0;
        for (int i = 0; i <= inner.length(); i++) {
            char c = i < inner.length() ? inner.charAt(i) : ',';
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c == ',' && depth == 0) {
                jumps.get(glob(inner.substring(begin, i), state(from))).add(end);
                begin = i + 1;
            }
        }
        return end;
    }

    private static int braceEnd(String glob, int open) {
        int depth = 0;
        for (int i = open; i < glob.length(); i++) {
            depth += glob.charAt(i) == '{' ? 1 : glob.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    boolean meets(GlobAutomaton other) {
        Set<Long> seen = new HashSet<>();
        Deque<int[]> open = new ArrayDeque<>();
        push(start, other.start, seen, open);
        while (!open.isEmpty()) {
            int[] pair = open.pop();
            if (pair[0] == accepting && pair[1] == other.accepting) {
                return true;
            }
            jumps.get(pair[0]).forEach(to -> push(to, pair[1], seen, open));
            other.jumps.get(pair[1]).forEach(to -> push(pair[0], to, seen, open));
            for (Step mine : steps.get(pair[0])) {
                for (Step theirs : other.steps.get(pair[1])) {
                    if (mine.characters.meets(theirs.characters)) {
                        push(mine.to, theirs.to, seen, open);
                    }
                }
            }
        }
        return false;
    }

    private static void push(int mine, int theirs, Set<Long> seen, Deque<int[]> open) {
        if (seen.add(((long) mine << 32) | theirs)) {
            open.push(new int[] {mine, theirs});
        }
    }
}
