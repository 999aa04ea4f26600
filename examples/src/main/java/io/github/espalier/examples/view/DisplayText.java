package io.github.espalier.examples.view;

/**
 * Text from outside made fit for a terminal: agents choose titles, paths and log lines, and none of them may move the
 * cursor, change colours, turn the reading direction or break a column.
 */
public final class DisplayText {
    /** First and last code point of the ranges that terminals draw two columns wide (East Asian Wide and emoji). */
    private static final int[] WIDE = {
        0x1100, 0x115f, 0x231a, 0x231b, 0x23e9, 0x23ec, 0x23f0, 0x23f0, 0x23f3, 0x23f3, 0x25fd, 0x25fe, 0x2614, 0x2615,
        0x2648, 0x2653, 0x267f, 0x267f, 0x2693, 0x2693, 0x26a1, 0x26a1, 0x26aa, 0x26ab, 0x26bd, 0x26be, 0x26c4, 0x26c5,
        0x26ce, 0x26ce, 0x26d4, 0x26d4, 0x26ea, 0x26ea, 0x26f2, 0x26f3, 0x26f5, 0x26f5, 0x26fa, 0x26fa, 0x26fd, 0x26fd,
        0x2705, 0x2705, 0x270a, 0x270b, 0x2728, 0x2728, 0x274c, 0x274c, 0x274e, 0x274e, 0x2753, 0x2755, 0x2757, 0x2757,
        0x2795, 0x2797, 0x27b0, 0x27b0, 0x27bf, 0x27bf, 0x2b1b, 0x2b1c, 0x2b50, 0x2b50, 0x2b55, 0x2b55, 0x2e80, 0x303e,
        0x3041, 0xa4cf, 0xa960, 0xa97f, 0xac00, 0xd7a3, 0xf900, 0xfaff, 0xfe30, 0xfe6f, 0xff00, 0xff60, 0xffe0, 0xffe6,
        0x16fe0, 0x18aff, 0x1b000, 0x1b2ff, 0x1f004, 0x1f004, 0x1f0cf, 0x1f0cf, 0x1f18e, 0x1f18e, 0x1f191, 0x1f19a,
        0x1f1e6, 0x1f320, 0x1f32d, 0x1f335, 0x1f337, 0x1f37c, 0x1f37e, 0x1f393, 0x1f3a0, 0x1f3ca, 0x1f3cf, 0x1f3d3,
        0x1f3e0, 0x1f3f0, 0x1f3f4, 0x1f3f4, 0x1f3f8, 0x1f43e, 0x1f440, 0x1f440, 0x1f442, 0x1f4fc, 0x1f4ff, 0x1f53d,
        0x1f54b, 0x1f54e, 0x1f550, 0x1f567, 0x1f57a, 0x1f57a, 0x1f595, 0x1f596, 0x1f5a4, 0x1f5a4, 0x1f5fb, 0x1f64f,
        0x1f680, 0x1f6c5, 0x1f6cc, 0x1f6cc, 0x1f6d0, 0x1f6d2, 0x1f6d5, 0x1f6d7, 0x1f6dc, 0x1f6df, 0x1f6eb, 0x1f6ec,
        0x1f6f4, 0x1f6fc, 0x1f7e0, 0x1f7eb, 0x1f90c, 0x1f93a, 0x1f93c, 0x1f945, 0x1f947, 0x1f9ff, 0x1fa70, 0x1faff,
        0x20000, 0x3fffd
    };

    private static final int VARIATION_SELECTOR_16 = 0xfe0f;
    private static final String ELLIPSIS = "...";

    private DisplayText() {}

    /** The text in one line, without anything that a terminal would act on. Idempotent. */
    public static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL -> clean.append(Character.isWhitespace(c) ? ' ' : '?');
                case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> clean.append(' ');
                case Character.SURROGATE -> clean.append('?');
                // Joiners and direction marks: without them an emoji family is its members, two columns each.
                case Character.FORMAT -> {}
                default -> {
                    if (c != VARIATION_SELECTOR_16) {
                        clean.appendCodePoint(c);
                    }
                }
            }
        });
        return clean.toString();
    }

    /** How many columns a clean text takes. */
    public static int width(String clean) {
        return clean.codePoints().map(DisplayText::width).sum();
    }

    private static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || (c >= 0x1160 && c <= 0x11ff)) {
            return 0;
        }
        for (int i = 0; i < WIDE.length && WIDE[i] <= c; i += 2) {
            if (c <= WIDE[i + 1]) {
                return 2;
            }
        }
        return 1;
    }

    /** The text, cleaned and cut to at most so many columns; that something is missing shows at its end. */
    public static String cut(String text, int columns) {
        String clean = clean(text).strip();
        if (width(clean) <= columns) {
            return clean;
        }
        String mark = ELLIPSIS.substring(0, Math.max(0, Math.min(ELLIPSIS.length(), columns)));
        return head(clean, columns - mark.length()) + mark;
    }

    private static String head(String clean, int columns) {
        int taken = 0;
        int end = 0;
        while (end < clean.length()) {
            int c = clean.codePointAt(end);
            taken += width(c);
            if (taken > columns) {
                break;
            }
            end += Character.charCount(c);
        }
        return clean.substring(0, end);
    }

    /** The text, cleaned, cut and filled with spaces to exactly so many columns. */
    public static String fit(String text, int columns) {
        String cut = cut(text, columns);
        return cut + " ".repeat(Math.max(0, columns - width(cut)));
    }
}
