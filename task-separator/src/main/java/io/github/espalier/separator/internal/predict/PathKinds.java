package io.github.espalier.separator.internal.predict;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a file is for, by its path. */
public final class PathKinds {
    private static final Pattern TEST =
            Pattern.compile("(?i)(?:^|.*/)(?:tests?|testing|__tests__|spec|it|integration-?tests?|[\\w-]*tests?)/.*"
                    + "|.*(?:Tests?|IT|TestCase|Spec)\\.\\w+|.*[-_.](?:test|spec)s?\\.\\w+|(?:.*/)?test_[^/]*");
    private static final Pattern TEST_NAME = Pattern.compile(
            "(?:Integration)?(?:Tests?|TestCase|IT|Spec|Benchmark)$|^Test(?=[A-Z])|^test_|[-_](?:test|spec)$");
    /** Lock files, each with the manifests that it may belong to. */
    private static final Map<String, Set<String>> LOCKS = Map.ofEntries(
            Map.entry("package-lock.json", Set.of("package.json")),
            Map.entry("yarn.lock", Set.of("package.json")),
            Map.entry("pnpm-lock.yaml", Set.of("package.json")),
            Map.entry("Cargo.lock", Set.of("Cargo.toml")),
            Map.entry("go.sum", Set.of("go.mod")),
            Map.entry("Gemfile.lock", Set.of("Gemfile")),
            Map.entry("poetry.lock", Set.of("pyproject.toml")),
            Map.entry("composer.lock", Set.of("composer.json")),
            Map.entry("uv.lock", Set.of("pyproject.toml")),
            Map.entry("Pipfile.lock", Set.of("Pipfile")),
            Map.entry("gradle.lockfile", Set.of("build.gradle", "build.gradle.kts")),
            Map.entry("flake.lock", Set.of("flake.nix")),
            Map.entry("mix.lock", Set.of("mix.exs")));

    private static final Set<String> BUILDS = Set.of(
            "pom.xml",
            "build.gradle",
            "build.gradle.kts",
            "settings.gradle",
            "settings.gradle.kts",
            "package.json",
            "cargo.toml",
            "go.mod",
            "makefile",
            "cmakelists.txt",
            "setup.py",
            "pyproject.toml",
            "gemfile",
            "build.sbt",
            "composer.json",
            "requirements.txt",
            "dockerfile",
            "build",
            "build.bazel",
            "workspace",
            "meson.build");

    private PathKinds() {}

    /** The kinds that conflict at different rates. */
    public enum Kind {
        /** Program text that is no test. */
        CODE,
        /** Tests and what they need. */
        TEST,
        /** Text for people, the change log among it. */
        DOCS,
        /** Build files and their locks. */
        BUILD,
        /** Properties, messages, configuration. */
        DATA
    }

    /** The kind of a path. */
    public static Kind of(String path) {
        String name = ProjectFiles.name(path).toLowerCase(Locale.ROOT);
        String extension = name.substring(name.lastIndexOf('.') + 1);
        if (BUILDS.contains(name)
                || LOCKS.containsKey(ProjectFiles.name(path))
                || extension.equals("gradle")
                || path.startsWith(".github/")) {
            return Kind.BUILD;
        } else if (Set.of("md", "adoc", "rst", "txt", "html", "asciidoc", "markdown")
                        .contains(extension)
                || isChangelog(name)
                || !name.contains(".")) {
            return Kind.DOCS;
        } else if (TEST.matcher(path).matches()) {
            return Kind.TEST;
        } else if (Set.of(
                        "properties",
                        "yml",
                        "yaml",
                        "json",
                        "xml",
                        "toml",
                        "ini",
                        "csv",
                        "imports",
                        "factories",
                        "conf")
                .contains(extension)) {
            return Kind.DATA;
        }
        return Kind.CODE;
    }

    /** The names of the lock files of a manifest, or of the manifests of a lock file. */
    static Set<String> lockCompanions(String name) {
        Set<String> manifests = LOCKS.get(name);
        return manifests != null
                ? manifests
                : LOCKS.entrySet().stream()
                        .filter(lock -> lock.getValue().contains(name))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
    }

    /** Whether nearly every change adds a line to it. */
    static boolean isChangelog(String name) {
        return name.matches("(?i)(?:change(?:log|s)|history|news|release[-_]?notes)\\b.*");
    }

    /** Equal for a class and its test, a header and its source, and the languages of a bundle of messages. */
    static String stem(String path) {
        String name = ProjectFiles.name(path);
        int dot = name.indexOf('.', 1);
        String plain = dot < 0 ? name : name.substring(0, dot);
        String stem = TEST_NAME.matcher(plain).replaceAll("");
        if (name.endsWith(".properties")) {
            stem = stem.replaceFirst("_[a-z]{2}(?:_[A-Z]{2})?$", "");
        }
        return (stem.isEmpty() ? plain : stem).toLowerCase(Locale.ROOT);
    }
}
