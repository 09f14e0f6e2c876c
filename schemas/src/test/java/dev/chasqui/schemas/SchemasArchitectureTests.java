package dev.chasqui.schemas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class SchemasArchitectureTests {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.chasqui");

  @Test
  void knowsNeitherSpringNorStreamsNorTheEngine() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework..", "org.apache.kafka.streams..", "dev.chasqui.engine..")
        .check(CLASSES);
  }

  @Test
  void keepsEventsFreeOfEverythingElseOfOurs() {
    noClasses()
        .that()
        .resideInAPackage("dev.chasqui.events")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.chasqui.schemas..")
        .check(CLASSES);
  }

  @Test
  void layersThePackages() {
    noClasses()
        .that()
        .resideInAnyPackage("..registry", "..topics", "..deadletter")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..serde", "..registry.server", "..compatibility")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("..registry.server")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..schemas.serde", "..topics", "org.apache.kafka..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("..schemas.serde")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..registry.server", "..topics", "..deadletter", "com.sun.net..")
        .check(CLASSES);
  }

  @Test
  void hasNoCycles() {
    slices().matching("dev.chasqui.schemas.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void readsNoSystemProperties() {
    noClasses().should().callMethod(System.class, "getProperty", String.class).check(CLASSES);
  }

  @Test
  void namesNothingVaguely() {
    classes()
        .that()
        .resideInAPackage("dev.chasqui.schemas..")
        .should()
        .haveNameNotMatching(".*(Manager|Helper|Utils?|Impl|Base|Info|Common|Misc)")
        .check(CLASSES);
  }
}
