package io.github.espalier.separator.internal.predict;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The terms of a text: its words, the parts of names in camel case or with underscores and hyphens, and such names as a whole;
 * in lower case, without endings (a light stemmer after Harman's and Porter's first step) and without words that say nothing.
 */
public final class Terms {
    private static final int LONGEST = 60;
    private static final Set<String> STOP =
            new HashSet<>(Arrays.asList(("a an and are as at be but by can do does for from has"
                            + " have if in into is it its more no not now of on or should so than that the their them then there these"
                            + " this to up use used uses using via was we were when which while will with without you your add adds"
                            + " added adding fix fixes fixed change changes changed update updates updated updating make makes remove"
                            + " removes removed removing support improve allow closes close see gh pull request merge signed off co"
                            + " authored minor java com org http https www")
                    .split(" ")));

    private Terms() {}

    /** How often each term is in a text, in the order in which they come. */
    public static Map<String, Integer> count(String text) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        scan(text, term -> counts.merge(term, 1, Integer::sum));
        return counts;
    }

    static void scan(String text, Consumer<String> sink) {
        int end = 0;
        while (end < text.length()) {
            int begin = end;
            while (begin < text.length() && !Character.isLetterOrDigit(text.charAt(begin))) {
                begin++;
            }
            end = begin;
            while (end < text.length() && isInside(text, end)) {
                end++;
            }
            if (end > begin && end - begin <= LONGEST) {
                name(text, begin, end, sink);
            } else if (end == begin) {
                end++;
            }
        }
    }

    /** A hyphen joins only between letters and digits: {@code spring-boot}, {@code KAFKA-15045}. */
    private static boolean isInside(String text, int at) {
        char c = text.charAt(at);
        return Character.isLetterOrDigit(c)
                || c == '_'
                || (c == '-' && at + 1 < text.length() && Character.isLetterOrDigit(text.charAt(at + 1)));
    }

    private static void name(String text, int begin, int end, Consumer<String> sink) {
        int part = begin;
        int parts = 0;
        for (int at = begin + 1; at <= end; at++) {
            if (at == end || isBoundary(text, at, end)) {
                if (Character.isLetterOrDigit(text.charAt(part))) {
                    emit(text.substring(part, at), sink);
                    parts++;
                }
                part = at;
            }
        }
        if (parts > 1) {
            sink.accept(text.substring(begin, end).toLowerCase(Locale.ROOT));
        }
    }

    private static boolean isBoundary(String text, int at, int end) {
        char before = text.charAt(at - 1);
        char here = text.charAt(at);
        return !Character.isLetterOrDigit(here)
                || !Character.isLetterOrDigit(before)
                || (Character.isUpperCase(here)
                        && (!Character.isUpperCase(before)
                                || (at + 1 < end && Character.isLowerCase(text.charAt(at + 1)))));
    }

    private static void emit(String word, Consumer<String> sink) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (!STOP.contains(lower)) {
            String term = stem(lower);
            if (term.length() > 1 && !Character.isDigit(term.charAt(0)) && !STOP.contains(term)) {
                sink.accept(term);
            }
        }
    }

    private static String stem(String word) {
        int n = word.length();
        if (n > 5 && word.endsWith("ing")) {
            return undouble(word.substring(0, n - 3));
        } else if (n > 4 && (word.endsWith("ied") || word.endsWith("ies"))) {
            return word.substring(0, n - 3) + "y";
        } else if (n > 4 && word.endsWith("ed")) {
            return undouble(word.substring(0, n - 2));
        } else if (n > 4 && (word.endsWith("sses") || word.endsWith("ches") || word.endsWith("xes"))) {
            return word.substring(0, n - 2);
        } else if (n > 3
                && word.endsWith("s")
                && !word.endsWith("ss")
                && !word.endsWith("us")
                && !word.endsWith("is")) {
            return stem(word.substring(0, n - 1));
        }
        return n > 4 && word.endsWith("e") ? word.substring(0, n - 1) : word;
    }

    private static String undouble(String word) {
        int n = word.length();
        boolean doubled =
                n > 3 && word.charAt(n - 1) == word.charAt(n - 2) && "bdgmnprt".indexOf(word.charAt(n - 1)) >= 0;
        return doubled || (n > 4 && word.endsWith("e")) ? word.substring(0, n - 1) : word;
    }
}
