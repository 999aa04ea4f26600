package io.github.espalier.coordinator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.espalier.resources.ResourceException;
import io.github.espalier.separator.SeparationException;
import io.github.espalier.worktree.WorktreeException;

/** Which room may know which. */
@AnalyzeClasses(
        packages = "io.github.espalier",
        importOptions = {ImportOption.DoNotIncludeTests.class, RoomsTest.NoTestJars.class})
class RoomsTest {
    /** The helpers that tests of several modules share. */
    static final class NoTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("tests.jar") && !location.contains("test-classes");
        }
    }

    private static final String WORKTREE = "io.github.espalier.worktree..";
    private static final String SEPARATOR = "io.github.espalier.separator..";
    private static final String RESOURCES = "io.github.espalier.resources..";
    private static final String COORDINATOR = "io.github.espalier.coordinator..";

    @ArchTest
    static final ArchRule worktreeCoreStandsAlone = noClasses()
            .that()
            .resideInAPackage(WORKTREE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SEPARATOR, RESOURCES, COORDINATOR);

    @ArchTest
    static final ArchRule separatorStandsAlone = noClasses()
            .that()
            .resideInAPackage(SEPARATOR)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(WORKTREE, RESOURCES, COORDINATOR);

    @ArchTest
    static final ArchRule resourceMonitorStandsAlone = noClasses()
            .that()
            .resideInAPackage(RESOURCES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(WORKTREE, SEPARATOR, COORDINATOR);

    @ArchTest
    static final ArchRule coordinatorUsesOnlyTheOthersApi = noClasses()
            .that()
            .resideInAPackage(COORDINATOR)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.github.espalier.worktree.internal..",
                    "io.github.espalier.separator.internal..",
                    "io.github.espalier.resources.internal..",
                    "org.eclipse.jgit..",
                    "oshi..");

    @ArchTest
    static final ArchRule gitIsStartedInOnePlace = noClasses()
            .that()
            .resideInAPackage(WORKTREE)
            .and()
            .haveNameNotMatching("io\\.github\\.espalier\\.worktree\\.internal\\.GitProcess")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class);

    @ArchTest
    static final ArchRule processesAreStartedInOnePackage = noClasses()
            .that()
            .resideInAPackage(COORDINATOR)
            .and()
            .resideOutsideOfPackage("io.github.espalier.coordinator.internal.process..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class);

    @ArchTest
    static final ArchRule everyExceptionHasItsRoomsRoot = classes()
            .that()
            .areAssignableTo(Throwable.class)
            .and()
            .resideInAPackage("io.github.espalier..")
            .and()
            .arePublic()
            .should()
            .beAssignableTo(WorktreeException.class)
            .orShould()
            .beAssignableTo(SeparationException.class)
            .orShould()
            .beAssignableTo(ResourceException.class)
            .orShould()
            .beAssignableTo(CoordinatorException.class);

    @ArchTest
    static final ArchRule nothingSleeps = noClasses()
            .that()
            .resideInAPackage("io.github.espalier..")
            .should()
            .callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule nothingPrints = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule logsGoToSlf4j = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
}
