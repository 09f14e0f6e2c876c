package dev.chasqui.guard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class GuardArchitectureTests {

  private final JavaClasses guard =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.chasqui.guard");

  @Test
  void packagesFormNoCycle() {
    slices().matching("dev.chasqui.guard.(**)").should().beFreeOfCycles().check(guard);
  }

  @Test
  void policiesAndVerdictsKnowTheJdkOnly() {
    classes()
        .that()
        .resideInAnyPackage("..guard.policy..", "..guard.verdict..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", "..guard.policy..", "..guard.verdict..")
        .check(guard);
  }

  @Test
  void theCodeScanKnowsTheJdkAndItsTwoLibraries() {
    classes()
        .that()
        .resideInAPackage("..guard.scan..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "com.google.re2j..",
            "org.yaml.snakeyaml..",
            "..guard.verdict..",
            "..guard.scan..")
        .check(guard);
  }

  @Test
  void theClassifierKnowsPoliciesAndTheEnginesApi() {
    classes()
        .that()
        .resideInAPackage("..guard.classifier..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "dev.chasqui.engine.api..",
            "..guard.policy..",
            "..guard.verdict..",
            "..guard.classifier..")
        .check(guard);
  }

  @Test
  void topologiesKnowNoSpringAndNoEngineButItsApi() {
    noClasses()
        .that()
        .resideInAPackage("..guard.topology..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework..",
            "io.micrometer..",
            "dev.chasqui.engine.runtime..",
            "..guard.app..")
        .check(guard);
  }

  @Test
  void springStaysInTheApplication() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..guard.app..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "dev.chasqui.service..")
        .check(guard);
  }
}
