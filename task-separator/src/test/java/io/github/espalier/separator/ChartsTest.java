package io.github.espalier.separator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ChartsTest {
    private static final String EVIL = "</title><script>alert('x' + \"&\")</script>\u0001\uD800";

    private static final List<Task> TASKS = List.of(
            task("a", "src/App.java"),
            task("b", "src/App.java"),
            Task.builder("c").title(EVIL).declare("<c&>.txt").dependsOn("a").build(),
            Task.builder("vague").build());

    private static Task task(String id, String file) {
        return Task.builder(id).declare(file).effort(Duration.ofMinutes(20)).build();
    }

    private static Separation separate(List<Task> tasks) {
        return TaskSeparator.of(ProjectTree.of(List.of("src/App.java"))).separate(tasks);
    }

    private static Document parse(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<Element> boxes(Document svg, String style) {
        NodeList all = svg.getElementsByTagName("rect");
        return IntStream.range(0, all.getLength())
                .mapToObj(all::item)
                .map(Element.class::cast)
                .filter(box -> box.getAttribute("class").equals(style)
                        && !box.getTextContent().isEmpty())
                .toList();
    }

    @Test
    void fillsACellForEachConflictOnBothSidesAndNamesTheReasons() throws Exception {
        Document matrix = parse(Charts.matrix(separate(TASKS)));

        assertThat(boxes(matrix, "self")).hasSize(4);
        assertThat(boxes(matrix, "hit"))
                .hasSize(2)
                .allMatch(cell -> cell.getTextContent().equals("a and b\nboth touch src/App.java"));
        assertThat(boxes(matrix, "unknown")).hasSize(6);
    }

    @Test
    void drawsABarForEachTaskWithinThePictureAndNoTwoOnEachOther() throws Exception {
        Plan plan = Schedule.of(separate(TASKS)).plan(2);
        Document gantt = parse(Charts.gantt(plan));
        double width = Double.parseDouble(gantt.getDocumentElement().getAttribute("width"));
        double height = Double.parseDouble(gantt.getDocumentElement().getAttribute("height"));
        List<Element> bars = boxes(gantt, "bar");

        assertThat(bars).hasSize(4);
        assertThat(bars)
                .anyMatch(bar ->
                        bar.getTextContent().equals("b: 20m to 40m (20m, declared)\nafter a: both touch src/App.java"));
        for (Element bar : bars) {
            assertThat(number(bar, "x")).isBetween(0.0, width);
            assertThat(number(bar, "x") + number(bar, "width")).isBetween(0.0, width);
            assertThat(number(bar, "y") + number(bar, "height")).isBetween(0.0, height);
            assertThat(bars.stream().filter(other -> !apart(bar, other)))
                    .as("that it meets, but for itself")
                    .hasSize(1);
        }
    }

    private static double number(Element box, String attribute) {
        return Double.parseDouble(box.getAttribute(attribute));
    }

    private static boolean apart(Element one, Element other) {
        return number(one, "y") != number(other, "y")
                || number(one, "x") + number(one, "width") <= number(other, "x")
                || number(other, "x") + number(other, "width") <= number(one, "x");
    }

    @Test
    void showsWhatIsUnderWayAndWhatOnlyHasToLand() throws Exception {
        Plan plan = Schedule.of(separate(TASKS))
                .plan(
                        new Progress(Set.of("a", "c"), Set.of(), Set.of()),
                        Map.of(
                                "a", new Underway(Duration.ofMinutes(5), true),
                                "c", new Underway(Duration.ofMinutes(9), false)),
                        2);
        Document gantt = parse(Charts.gantt(plan));

        assertThat(boxes(gantt, "underway")).hasSize(2);
        assertThat(gantt.getDocumentElement().getTextContent()).contains("landing");
    }

    @Test
    void showsAnyTextAsText() throws Exception {
        Separation separation = separate(TASKS);
        String page = Charts.page(EVIL, separation, Schedule.of(separation).plan(2));

        assertThat(page)
                .doesNotContain("<script", "\u0001", "\uD800", "https://", "src=", "href=", "url(", "@import")
                .contains("&lt;/title&gt;&lt;script&gt;alert(&#39;x&#39; + &quot;&amp;&quot;)&lt;/script&gt;");
        Document body = parse(page.substring(page.indexOf("<html")));
        assertThat(body.getElementsByTagName("svg").getLength()).isEqualTo(2);
        assertThat(body.getElementsByTagName("h1").item(0).getTextContent()).startsWith("</title><script>");
    }

    @Test
    void drawsTheBeginningOfALargeBatchAndSaysSo() throws Exception {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            tasks.add(task("t" + i, "f" + i % 400));
        }
        Separation separation = separate(tasks);
        String page = Charts.page("Many", separation, Schedule.of(separation).plan(8));

        assertThat(page)
                .contains("and 800 more tasks that are not drawn", "; 600 more tasks are not drawn", "and 300 more")
                .hasSizeLessThan(8_000_000);
        parse(page.substring(page.indexOf("<html")));
    }

    @Test
    void drawsNothingAtAllToo() throws Exception {
        Separation nothing = separate(List.of());

        parse(Charts.matrix(nothing));
        parse(Charts.gantt(Schedule.of(nothing).plan(1)));
    }
}
