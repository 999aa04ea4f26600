package io.github.espalier.separator.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Intersection of globs against the enumeration of all short paths, and against a matcher written in another way. */
class GlobPropertiesTest {
    /** Every path of up to three names of up to two letters of an alphabet of two, and a few longer ones. */
    private static final List<String> PATHS = paths();

    private static List<String> paths() {
        List<String> names = List.of("a", "b", "aa", "ab", "ba", "bb");
        List<String> paths = new ArrayList<>(names);
        for (String first : names) {
            for (String second : names) {
                paths.add(first + "/" + second);
                for (String third : List.of("a", "b", "ab")) {
                    paths.add(first + "/" + second + "/" + third);
                }
            }
        }
        return paths;
    }

    @Provide
    Arbitrary<String> globs() {
        return globsOf("a", "b", "*", "?", "[ab]", "[!a]", "{a,b}", "{aa,b*}", "ab");
    }

    /** Brackets may stand for themselves too, which names of an alphabet of two do not show. */
    @Provide
    Arbitrary<String> globsWithoutBrackets() {
        return globsOf("a", "b", "*", "?", "{a,b}", "{aa,b*}", "ab");
    }

    private static Arbitrary<String> globsOf(String... pieces) {
        Arbitrary<String> piece = Arbitraries.of(pieces);
        Arbitrary<String> name = piece.list().ofMinSize(1).ofMaxSize(3).map(parts -> String.join("", parts));
        Arbitrary<String> segment = Arbitraries.frequencyOf(
                Tuple.of(4, name.filter(text -> !text.contains("**"))), Tuple.of(1, Arbitraries.just("**")));
        return segment.list().ofMinSize(1).ofMaxSize(3).map(segments -> String.join("/", segments));
    }

    @Property(tries = 500)
    void meetsExactlyThePathsThatItMatches(@ForAll("globs") String glob) {
        Pattern reference = Pattern.compile(regex(glob));
        PathPattern pattern = PathPattern.glob(glob);

        assertThat(PATHS)
                .allSatisfy(path -> assertThat(pattern.meets(PathPattern.file(path)))
                        .as("%s on %s", glob, path)
                        .isEqualTo(reference.matcher(path).matches()));
    }

    @Property(tries = 150)
    void meetsEveryGlobThatMatchesAPathItMatches(
            @ForAll("globsWithoutBrackets") String first, @ForAll("globsWithoutBrackets") String second) {
        Pattern one = Pattern.compile(regex(first));
        Pattern other = Pattern.compile(regex(second));
        boolean together = PATHS.stream()
                .anyMatch(path ->
                        one.matcher(path).matches() && other.matcher(path).matches());
        boolean meets = PathPattern.glob(first).meets(PathPattern.glob(second));

        assertThat(meets).isEqualTo(PathPattern.glob(second).meets(PathPattern.glob(first)));
        if (together) {
            assertThat(meets).as("%s and %s share a path", first, second).isTrue();
        } else if (meets) {
            assertThat(witness(one, other))
                    .as("%s and %s should share a path", first, second)
                    .isTrue();
        }
    }

    /** Globs of up to three names may need longer paths than those enumerated above: the doubled stars of each stand for more. */
    private static boolean witness(Pattern one, Pattern other) {
        List<String> names = names(6);
        List<String> paths = names;
        for (int depth = 1; depth <= 5; depth++) {
            if (paths.stream()
                    .anyMatch(path ->
                            one.matcher(path).matches() && other.matcher(path).matches())) {
                return true;
            }
            List<String> deeper = new ArrayList<>();
            for (String path : paths) {
                if (mayGoOn(one, path) && mayGoOn(other, path)) {
                    names.forEach(name -> deeper.add(path + "/" + name));
                }
            }
            paths = deeper;
        }
        return false;
    }

    @SuppressWarnings("JdkObsolete") // Whether a longer input could match is just what hitEnd tells.
    private static boolean mayGoOn(Pattern pattern, String path) {
        Matcher matcher = pattern.matcher(path + "/");
        return matcher.matches() || matcher.hitEnd();
    }

    private static List<String> names(int longest) {
        List<String> names = new ArrayList<>(List.of("a", "b"));
        for (int i = 0; names.get(i).length() < longest; i++) {
            names.add(names.get(i) + "a");
            names.add(names.get(i) + "b");
        }
        return names;
    }

    /** The same globs by the JDK's regular expressions. */
    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            if (glob.startsWith("**/", i)) {
                regex.append("(?:[^/]+/)*");
                i += 2;
            } else if (glob.startsWith("**", i)) {
                regex.append("[^/]+(?:/[^/]+)*");
                i++;
            } else {
                regex.append(
                        switch (glob.charAt(i)) {
                            case '*' -> "[^/]*";
                            case '?' -> "[^/]";
                            case '{' -> "(?:";
                            case '}' -> ")";
                            case ',' -> "|";
                            case '!' -> "^/";
                            default -> String.valueOf(glob.charAt(i));
                        });
            }
        }
        return regex.toString();
    }

    @Example
    void takesBracketsAlsoForThemselves() {
        PathPattern pattern = PathPattern.glob("app/[id]/*.tsx");

        assertThat(pattern.meets(PathPattern.file("app/[id]/page.tsx"))).isTrue();
        assertThat(pattern.meets(PathPattern.file("app/d/page.tsx"))).isTrue();
        assertThat(pattern.meets(PathPattern.file("app/x/page.tsx"))).isFalse();
    }

    @Example
    void takesUnclosedBracketsForLetters() {
        assertThat(PathPattern.glob("a[b*").meets(PathPattern.file("a[bc"))).isTrue();
        assertThat(PathPattern.glob("a{b*").meets(PathPattern.file("a{bc"))).isTrue();
    }
}
