package io.github.espalier.separator.internal.chart;

/** An SVG document that grows. Colours are given twice: SVG programs that know no dark pages take the first. */
final class Svg {
    private static final String STYLE = "text{font:12px system-ui,sans-serif;fill:#24292f}"
            + ".small{font-size:10px;fill:#57606a}.back{fill:#ffffff}.line{stroke:#d0d7de;stroke-width:1}"
            + ".cell{fill:#eef1f4}.self{fill:#d0d7de}.hit{fill:#cf222e}.unknown{fill:#bf8700}"
            + ".bar{fill:#0969da}.underway{fill:#8250df}.on{fill:#ffffff}"
            + "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.small{fill:#9198a1}.back{fill:#0d1117}"
            + ".line{stroke:#3d444d}.cell{fill:#1b222b}.self{fill:#3d444d}.hit{fill:#f85149}.unknown{fill:#d29922}"
            + ".bar{fill:#4493f8}.underway{fill:#ab7df8}.on{fill:#0d1117}}";

    private final StringBuilder out = new StringBuilder();

    Svg(double width, double height, String title) {
        out.append(Markup.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$.0f\" height=\"%2$.0f\""
                        + " viewBox=\"0 0 %1$.0f %2$.0f\" role=\"img\"><title>%3$s</title><style>%4$s</style>",
                width, height, Markup.text(title), STYLE));
        out.append("<rect class=\"back\" width=\"100%\" height=\"100%\"/>");
    }

    /** A rectangle that tells more when pointed at. */
    Svg box(String style, double x, double y, double width, double height, String tip) {
        out.append(Markup.format(
                "<rect class=\"%s\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" rx=\"2\">",
                style, x, y, width, height));
        if (!tip.isEmpty()) {
            out.append("<title>").append(Markup.text(tip)).append("</title>");
        }
        out.append("</rect>");
        return this;
    }

    Svg line(double fromX, double fromY, double toX, double toY) {
        out.append(Markup.format(
                "<line class=\"line\" x1=\"%.2f\" y1=\"%.2f\" x2=\"%.2f\" y2=\"%.2f\"/>", fromX, fromY, toX, toY));
        return this;
    }

    /**
     * Text on a line.
     *
     * @param anchor start, middle or end: which part of it stands at x
     */
    Svg text(String style, double x, double y, String anchor, String text) {
        out.append(Markup.format(
                "<text class=\"%s\" x=\"%.2f\" y=\"%.2f\" text-anchor=\"%s\">%s</text>",
                style, x, y, anchor, Markup.text(text)));
        return this;
    }

    /** Text that goes up from a point, aslant. */
    Svg slanted(double x, double y, String text) {
        out.append(Markup.format(
                "<text class=\"name\" transform=\"translate(%.2f %.2f) rotate(-60)\">%s</text>",
                x, y, Markup.text(text)));
        return this;
    }

    String end() {
        return out.append("</svg>").toString();
    }
}
