package io.github.espalier.separator.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
    /** Every name of up to nine letters of that alphabet: as long as the shortest that *abab and abab{aa,b*} share. */
    private static final List<String> NAMES = names(9);

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
        boolean together = PATHS.stream().anyMatch(path -> matches(one, path) && matches(other, path));
        boolean meets = PathPattern.glob(first).meets(PathPattern.glob(second));

        assertThat(meets).isEqualTo(PathPattern.glob(second).meets(PathPattern.glob(first)));
        if (together) {
            assertThat(meets).as("%s and %s share a path", first, second).isTrue();
        } else if (meets) {
            assertThat(witness(first, second))
                    .as("%s and %s should share a path", first, second)
                    .isTrue();
        }
    }

    /**
     * Globs of up to three names may need longer paths than those enumerated above: the doubled stars of each stand for more.
     * In a path that both match, each name answers to a name of the one glob and to a name of the other, or lies within a
     * doubled star; another name that answers to the same two does as well. So one name for each two is tried, at any place.
     */
    private static boolean witness(String first, String second) {
        List<Pattern> names = Stream.of(first, second, "*")
                .flatMap(glob -> Stream.of(glob.split("/")))
                .filter(name -> !name.equals("**"))
                .map(name -> Pattern.compile(regex(name)))
                .toList();
        List<String> candidates = names.stream()
                .flatMap(one -> names.stream()
                        .flatMap(other -> NAMES.stream()
                                .filter(name -> matches(one, name) && matches(other, name))
                                .limit(1)))
                .distinct()
                .toList();
        return witness(Pattern.compile(regex(first)), Pattern.compile(regex(second)), "", candidates, 5);
    }

    private static boolean witness(Pattern one, Pattern other, String folder, List<String> names, int depth) {
        List<String> paths = names.stream().map(folder::concat).toList();
        if (paths.stream().anyMatch(path -> matches(one, path) && matches(other, path))) {
            return true;
        }
        return depth > 1
                && paths.stream()
                        .filter(path -> mayGoOn(one, path) && mayGoOn(other, path))
                        .anyMatch(path -> witness(one, other, path + "/", names, depth - 1));
    }

    private static boolean matches(Pattern pattern, String path) {
        return pattern.matcher(path).matches();
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
