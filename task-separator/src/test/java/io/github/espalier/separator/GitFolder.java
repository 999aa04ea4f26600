package io.github.espalier.separator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A repository to test with, made by the git program. */
record GitFolder(Path directory) {
    static GitFolder init(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        GitFolder folder = new GitFolder(directory);
        folder.git("init", "-q", "-b", "main");
        folder.git("config", "user.name", "Test");
        folder.git("config", "user.email", "test@example.org");
        return folder;
    }

    /** A library with three subjects, each of which was changed some times. */
    static GitFolder library(Path directory) {
        GitFolder folder = init(directory);
        folder.commit(
                "Begin",
                Map.of(
                        "src/main/Parser.java", "class Parser { Token next; }",
                        "src/test/ParserTest.java", "class ParserTest { Parser parser; }",
                        "src/main/LoanRegister.java", "class LoanRegister { int fees; }",
                        "src/test/LoanRegisterTest.java", "class LoanRegisterTest { LoanRegister register; }",
                        "src/main/Printer.java", "class Printer { LoanRegister register; }",
                        "docs/guide.md", "How to print overdue letters."));
        for (int i = 0; i < 6; i++) {
            folder.commit(
                    "Parse escaped quotes, part " + i,
                    Map.of(
                            "src/main/Parser.java", "class Parser { Token next; int a" + i + "; }",
                            "src/test/ParserTest.java", "class ParserTest { Parser parser; int a" + i + "; }"));
            folder.commit(
                    "Charge fees for late loans, part " + i,
                    Map.of("src/main/LoanRegister.java", "class LoanRegister { int fees; int a" + i + "; }"));
        }
        return folder;
    }

    void commit(String message, Map<String, String> files) {
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = directory.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        git("add", "-A");
        git("commit", "-q", "-m", message);
    }

    String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", directory.toString()));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
