package dev.chasqui.inference;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class InferenceArchitectureTests {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.chasqui.inference");

  @Test
  void keepsSpringInTheAppPackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.chasqui.inference.app..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "io.micrometer..", "dev.chasqui.service..")
        .check(CLASSES);
  }

  @Test
  void letsTheTopologySeeNoMoreOfTheEngineThanItsApi() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.chasqui.inference.topology..", "dev.chasqui.inference.worker..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.chasqui.engine.runtime..",
            "dev.chasqui.engine.model..",
            "dev.chasqui.engine.backend..",
            "dev.chasqui.engine.tokenize..")
        .check(CLASSES);
  }

  @Test
  void keepsKafkaOutOfTheWorkers() {
    classes()
        .that()
        .resideInAPackage("dev.chasqui.inference.worker..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "dev.chasqui.engine.api..",
            "dev.chasqui.stream..",
            "dev.chasqui.inference.worker..")
        .check(CLASSES);
  }

  @Test
  void hasNoCycles() {
    slices().matching("dev.chasqui.inference.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
