package io.elpis.e2e.boundary;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BoundaryTest {
    private static final Set<String> EMPTY_WORDS = Set.of("controller", "dto", "impl", "common", "util", "utils");

    private static final JavaClasses CLASSES = Modules.classes();

    @Test
    void searchModelKnowsNobody() {
        check("model", List.of());
    }

    @Test
    void textAnalysisKnowsOnlyTheModel() {
        check("analysis", List.of("model"));
    }

    @Test
    void protocolKnowsOnlyTheModel() {
        check("protocol", List.of("model"));
    }

    @Test
    void serviceSupportKnowsOnlyProtocolAndModel() {
        check("support", List.of("protocol", "model"));
    }

    @Test
    void servicesNeverImportOneAnother() {
        for (String service : Modules.SERVICES) {
            check(service, List.of("support", "protocol", "model", "analysis"));
        }
    }

    @Test
    void launcherTortureAndLocalServersImportNoService() {
        check("launcher", List.of("model", "torture"));
        check("torture", List.of());
        check("local", List.of());
    }

    @Test
    void springAppearsOnlyFromServiceSupportRightwards() {
        assertHolds(noClasses()
                .that()
                .resideInAnyPackage(
                        "io.elpis.model..",
                        "io.elpis.analysis..",
                        "io.elpis.protocol..",
                        "io.elpis.local..",
                        "io.elpis.torture..",
                        "io.elpis.launcher..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.."));
    }

    @Test
    void luceneSearchesOnlyInQueryService() {
        assertHolds(noClasses()
                .that()
                .resideOutsideOfPackages("io.elpis.query..", "io.elpis.analysis..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.lucene.."));
        assertHolds(noClasses()
                .that()
                .resideInAPackage("io.elpis.analysis..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.lucene.index..", "org.apache.lucene.search.."));
    }

    @Test
    void kafkaAppearsOnlyInIndexAndQueryService() {
        assertHolds(noClasses()
                .that()
                .resideOutsideOfPackages("io.elpis.index..", "io.elpis.query..", "io.elpis.local..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "kafka.."));
    }

    @Test
    void springKafkaAppearsOnlyInTheCatalog() {
        assertHolds(noClasses()
                .that()
                .resideOutsideOfPackage("io.elpis.index.catalog..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.kafka.."));
    }

    /** Contexts whose beans were decided on at build time close what is AutoCloseable, whatever the annotation says. */
    @Test
    void beansThatTheirOwnersCloseAreNotAutoCloseable() {
        List<JavaMethod> left = CLASSES.stream()
                .flatMap(owner -> owner.getMethods().stream())
                .filter(BoundaryTest::isLeftToItsOwner)
                .toList();
        assertThat(left).isNotEmpty();
        assertThat(left).noneMatch(method -> method.getRawReturnType().isAssignableTo(AutoCloseable.class));
    }

    private static boolean isLeftToItsOwner(JavaMethod method) {
        return method.tryGetAnnotationOfType("org.springframework.context.annotation.Bean")
                .flatMap(bean -> bean.get("destroyMethod"))
                .filter(""::equals)
                .isPresent();
    }

    @Test
    void packagesFormNoCycles() {
        assertHolds(slices().matching("io.elpis.(**)").should().beFreeOfCycles());
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        List<Path> silent = new ArrayList<>();
        for (Path directory : Modules.sourcePackages()) {
            Path info = directory.resolve("package-info.java");
            if (!Files.exists(info) || !Files.readString(info).contains("@NullMarked")) {
                silent.add(directory);
            }
        }
        assertThat(silent)
                .as("packages without a @NullMarked package-info.java")
                .isEmpty();
    }

    @Test
    void packagesAreNamedByWhatHappensInThem() {
        assertThat(Modules.sourcePackages())
                .noneMatch(path -> EMPTY_WORDS.contains(path.getFileName().toString()));
    }

    private static void check(String from, List<String> allowed) {
        List<String> forbidden = new ArrayList<>(Modules.SERVICES);
        forbidden.addAll(List.of("model", "analysis", "protocol", "support", "local", "torture", "launcher"));
        forbidden.removeAll(allowed);
        forbidden.remove(from);
        assertHolds(noClasses()
                .that()
                .resideInAPackage("io.elpis." + from + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden.stream()
                        .map(name -> "io.elpis." + name + "..")
                        .toArray(String[]::new)));
    }

    private static void assertHolds(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }
}
