package dev.chasqui.engine.backend.cuda;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds the backend to the import rules of the architecture. */
class CudaArchitectureTests {

  private static final JavaClasses CUDA =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.chasqui.engine.backend.cuda");

  @Test
  void knowsTheEnginesInnerPackagesAndNoOtherBackend() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "dev.chasqui.engine.api",
            "dev.chasqui.engine.backend",
            "dev.chasqui.engine.backend.cuda",
            "dev.chasqui.engine.tensor")
        .check(CUDA);
  }

  @Test
  void keepsNativeMethodsInOneClassThatOneSeamCalls() {
    methods()
        .that()
        .haveModifier(JavaModifier.NATIVE)
        .should()
        .beDeclaredIn(CudaCalls.class)
        .check(CUDA);
    classes()
        .that()
        .areAssignableTo(CudaCalls.class)
        .should()
        .onlyHaveDependentClassesThat()
        .haveNameMatching(".*\\.(JniLibrary(\\$.*)?|LibraryFile|CudaCalls)")
        .check(CUDA);
  }

  /** A library is loaded once a process, by a path that no option can bring in time. */
  @Test
  void readsTheSurroundingsForTheLibrarysPathOnly() {
    noClasses()
        .that()
        .doNotHaveSimpleName("CudaBackendProvider")
        .should()
        .callMethod(System.class, "getProperty", String.class)
        .orShould()
        .callMethod(System.class, "getProperties")
        .orShould()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .check(CUDA);
  }
}
