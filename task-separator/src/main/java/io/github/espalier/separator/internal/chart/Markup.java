package io.github.espalier.separator.internal.chart;

import java.util.Locale;

/** Text for SVG and HTML. */
final class Markup {
    private Markup() {}

    /** Shows as the text itself, in an element and in a quoted attribute. What XML cannot hold becomes a replacement character. */
    static String text(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isXml(c) ? c : 0xfffd);
            }
        });
        return out.toString();
    }

    private static boolean isXml(int c) {
        return c == '\t' || c == '\n' || (c >= 0x20 && c < 0xd800) || (c >= 0xe000 && c != 0xfffe && c != 0xffff);
    }

    /** At most so many characters, the last of them an ellipsis if there are more. */
    static String shortened(String text, int most) {
        int length = text.codePointCount(0, text.length());
        return length <= most ? text : text.substring(0, text.offsetByCodePoints(0, Math.max(0, most - 1))) + "…";
    }

    /** At most so many characters, the first of them an ellipsis if there are more: names often differ at their ends. */
    static String ending(String text, int most) {
        int length = text.codePointCount(0, text.length());
        return length <= most ? text : "…" + text.substring(text.offsetByCodePoints(0, length - most + 1));
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is of a library that nothing else here needs
    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
