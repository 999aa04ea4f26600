package io.github.espalier.separator.internal;

import io.github.espalier.separator.DeclaredPath;
import io.github.espalier.separator.Evidence;
import io.github.espalier.separator.Footprint.Shape;
import io.github.espalier.separator.Footprint.Touch;
import io.github.espalier.separator.InvalidPathException;
import io.github.espalier.separator.ProjectTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the paths that a Markdown text names: in backticks, code blocks, link targets, tables and prose. What stands in code
 * is taken for a path more readily than a word of prose.
 */
public final class SpecPaths {
    private static final Pattern FENCE = Pattern.compile("^\\s*(```+|~~~+).*$");
    private static final Pattern CODE = Pattern.compile("(`+)(.+?)\\1");
    private static final Pattern LINK = Pattern.compile("\\]\\(<?([^)>\\s]+)>?[^)]*\\)");
    private static final Pattern WORDS = Pattern.compile("[\\s|]+");
    private static final Pattern EDGES =
            Pattern.compile("^[\"'(<\\[{*_,;:!]+(?![^\\[]*\\])|[\"')>}*_,;:.!?]+$|^[\"'(<{*_,;:!]+");
    private static final Pattern REGION =
            Pattern.compile("(?:#L?\\w[\\w-]*(?:\\([^)]*\\))?|:\\d+(?:[-:]\\d+)?|\\([^)]*\\))$");
    private static final Pattern URL = Pattern.compile("(?i)^[a-z][a-z0-9+.-]*://.*|^mailto:.*|^www\\..*");
    private static final Pattern EXTENSION = Pattern.compile("\\.([A-Za-z][A-Za-z0-9]{0,9})$");
    private static final Pattern CLASS = Pattern.compile("(?:[a-z][\\w]*\\.)*[A-Z]\\w*");
    private static final Pattern CAMEL = Pattern.compile(".*[a-z0-9][A-Z].*");
    private static final Set<String> EXTENSIONS = Set.of(
            ("adoc asm bat bash c cc cfg clj cljs cmake cmd conf cpp cs css csv cxx dart dockerfile el elm env erl ex exs f90 fs"
                            + " fsx gemspec go gradle graphql groovy h hbs hcl hh hpp hrl hs htm html hxx ini ino ipynb java jl"
                            + " js json json5 jsonc jsx kt kts less lock lua m make md mdx mjs cjs ml mli mm mod nim nix php pl"
                            + " pm po pot prisma properties proto ps1 psql purs py pyi pyx r rake rb rego rkt rs rst s sass scala"
                            + " scm scss sh sol sql sum svelte svg swift tcl tex tf tfvars toml ts tsx txt v vb vhd vim vue xml"
                            + " xsd xsl yaml yml zig zsh")
                    .split(" ", -1));

    private final ProjectTree tree;
    private final Map<String, Touch> found = new LinkedHashMap<>();

    private SpecPaths(ProjectTree tree) {
        this.tree = tree;
    }

    public static List<Touch> in(String markdown, ProjectTree tree) {
        SpecPaths paths = new SpecPaths(tree);
        boolean fenced = false;
        int number = 0;
        for (String line : markdown.lines().toList()) {
            number++;
            if (FENCE.matcher(line).matches()) {
                fenced = !fenced;
            } else if (fenced) {
                paths.words(line, number, true);
            } else {
                paths.line(line, number);
            }
        }
        return List.copyOf(paths.found.values());
    }

    private void line(String line, int number) {
        Matcher code = CODE.matcher(line);
        while (code.find()) {
            String text = code.group(2).strip();
            if (!take(text, number, true)) {
                words(text, number, true);
            }
        }
        Matcher link = LINK.matcher(line);
        while (link.find()) {
            take(link.group(1).replace("%20", " "), number, true);
        }
        String prose = LINK.matcher(CODE.matcher(line).replaceAll(" ")).replaceAll(" ");
        words(prose.replace("[", " [").replace(" [", " "), number, false);
    }

    private void words(String line, int number, boolean code) {
        for (String word : WORDS.split(line, -1)) {
            if (!word.isEmpty()) {
                take(word, number, code);
            }
        }
    }

    /** Takes a text for a path if it can be one; returns whether it was. */
    private boolean take(String text, int line, boolean code) {
        String trimmed = trim(text);
        for (String candidate : List.of(trimmed, withoutRegion(trimmed), trim(withoutRegion(text)))) {
            Optional<PathPattern> pattern = resolve(candidate, code);
            if (pattern.isPresent()) {
                add(pattern.get(), text, line);
                return true;
            }
        }
        return false;
    }

    private static String trim(String text) {
        return EDGES.matcher(text).replaceAll("");
    }

    private static String withoutRegion(String text) {
        return REGION.matcher(text).replaceFirst("");
    }

    private void add(PathPattern pattern, String text, int line) {
        boolean there = pattern.shape() != Shape.FILE || tree.isFile(pattern.path());
        DeclaredPath.Kind kind = there ? DeclaredPath.Kind.WRITE : DeclaredPath.Kind.CREATE;
        Evidence evidence = new Evidence.NamedInSpec(text, line);
        found.merge(
                pattern.text(),
                new Touch(pattern.text(), kind, 1, List.of(evidence), pattern.shape()),
                (before, now) -> before);
    }

    private Optional<PathPattern> resolve(String raw, boolean code) {
        if (raw.isEmpty() || raw.length() > 300 || URL.matcher(raw).matches()) {
            return Optional.empty();
        }
        String path;
        try {
            path = DeclaredPathParser.normalize(raw, raw);
        } catch (InvalidPathException e) {
            return Optional.empty(); // prose is full of what is no path
        }
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (tree.isFile(plain)) {
            return Optional.of(PathPattern.file(plain));
        } else if (tree.isDirectory(plain) && path.contains("/")) {
            return Optional.of(PathPattern.directory(plain));
        } else if (isGlobOfPaths(path, code)) {
            return Optional.of(PathPattern.glob(path.endsWith("/") ? path + "**" : path));
        } else if (path.contains("*") || path.contains("\\")) {
            return Optional.empty();
        }
        return known(plain).or(() -> ofClass(plain, code)).or(() -> creation(path, plain, code));
    }

    private static boolean isGlobOfPaths(String path, boolean code) {
        boolean star = path.contains("*") && !path.contains("***") && !path.contains(" ");
        return star && (path.contains("/") || (code && EXTENSION.matcher(path).find()));
    }

    /** A name, or the end of a path, that only one file has. */
    private Optional<PathPattern> known(String path) {
        Set<String> paths = path.contains(".") || path.contains("/") ? tree.endingIn(path) : Set.of();
        return paths.size() == 1 ? Optional.of(PathPattern.file(paths.iterator().next())) : Optional.empty();
    }

    private Optional<PathPattern> ofClass(String name, boolean code) {
        if (!CLASS.matcher(name).matches() && !name.matches("(?:[a-z]\\w*\\.)*[A-Z]\\w*\\.\\w+")) {
            return Optional.empty();
        }
        for (String candidate : List.of(name, name.replaceFirst("\\.\\w+$", ""))) {
            String simple = candidate.substring(candidate.lastIndexOf('.') + 1);
            boolean likely =
                    code || candidate.contains(".") || CAMEL.matcher(simple).matches();
            Set<String> files = likely && CLASS.matcher(candidate).matches() ? tree.ofClass(candidate) : Set.of();
            if (files.size() == 1) {
                return Optional.of(PathPattern.file(files.iterator().next()));
            }
        }
        return Optional.empty();
    }

    /** A path that is not there yet. */
    private Optional<PathPattern> creation(String path, String plain, boolean code) {
        if (!tree.endingIn(plain).isEmpty() && !plain.contains("/")) {
            return Optional.empty(); // several files have this name
        }
        Matcher matcher = EXTENSION.matcher(plain);
        boolean extension = matcher.find()
                && (EXTENSIONS.contains(matcher.group(1).toLowerCase(Locale.ROOT))
                        || tree.usesExtension(matcher.group(1)));
        boolean spaces = plain.contains(" ");
        boolean slash = plain.contains("/");
        String first = slash ? plain.substring(0, plain.indexOf('/')) : "";
        boolean believable = spaces ? slash && code : slash || code;
        if (extension && believable) {
            return Optional.of(PathPattern.file(plain));
        } else if (code && path.endsWith("/") && !spaces && path.matches("[\\w@.-]+(/[\\w@.\\[\\]-]+)*/")) {
            return Optional.of(PathPattern.directory(plain));
        } else if (code && slash && !spaces && tree.isDirectory(first) && plain.matches("[\\w@./\\[\\]-]+")) {
            return Optional.of(PathPattern.file(plain));
        }
        return Optional.empty();
    }
}
