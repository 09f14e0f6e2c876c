package dev.chasqui.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the engine's packages to the import rules of the architecture. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineArchitectureTests {

  private static final String ENGINE = "dev.chasqui.engine.";
  private static final String VECTOR_API = "jdk.incubator.vector..";
  private static final String VECTOR_BACKEND = ENGINE + "backend.vector..";

  private final JavaClasses engine =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.chasqui.engine");

  @Test
  void packagesFormNoCycle() {
    slices().matching(ENGINE + "(**)").should().beFreeOfCycles().check(engine);
  }

  /** The parts a package may import beside itself, the JDK and jspecify. */
  @ParameterizedTest
  @CsvSource({
    "api..,              ''",
    "tensor..,           api",
    "backend,            api tensor",
    "backend.scalar..,   api tensor backend",
    "backend.vector..,   api tensor backend",
    "grammar..,          api",
    "sample..,           api grammar",
    "checkpoint..,       api tensor",
    "model..,            api checkpoint backend tensor",
    "tokenize..,         api checkpoint",
    "chat..,             api tokenize",
    "kvcache..,          api",
    "draft..,            ''",
    "schedule..,         api draft kvcache",
  })
  void packagesImportOnlyWhatLiesFurtherIn(String name, String imports) {
    List<String> allowed =
        new ArrayList<>(List.of("java..", "org.jspecify..", "tools.jackson.core..", ENGINE + name));
    for (String other : imports.split(" ")) {
      allowed.add(other.isEmpty() ? ENGINE + name : ENGINE + other);
    }
    if (name.startsWith("backend.vector")) {
      allowed.add(VECTOR_API);
    }
    classes()
        .that()
        .resideInAPackage(ENGINE + name)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .check(engine);
  }

  @Test
  void onlyTheRuntimeKnowsAllParts() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ENGINE + "runtime..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ENGINE + "runtime..")
        .check(engine);
  }

  @Test
  void theRuntimeKnowsNoSingleBackend() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ENGINE + "backend..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ENGINE + "backend.*..")
        .check(engine);
  }

  @Test
  void engineKnowsNoFramework() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "org.jspecify..", "tools.jackson.core..", "dev.chasqui.engine..", VECTOR_API)
        .check(engine);
  }

  @Test
  void vectorApiStaysInTheVectorBackend() {
    noClasses()
        .that()
        .resideOutsideOfPackage(VECTOR_BACKEND)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(VECTOR_API)
        .check(engine);
  }

  @Test
  void nativeMethodsHaveNoPlaceHere() {
    noMethods().should().haveModifier(JavaModifier.NATIVE).check(engine);
  }

  @Test
  void nothingStaticChanges() {
    fields().that().areStatic().should().beFinal().check(engine);
    fields()
        .that()
        .areStatic()
        .should()
        .notHaveRawType(AtomicInteger.class)
        .andShould()
        .notHaveRawType(AtomicLong.class)
        .andShould()
        .notHaveRawType(AtomicReference.class)
        .check(engine);
    noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class).check(engine);
  }

  @Test
  void settingsComeFromOptionsOnly() {
    noClasses()
        .should()
        .callMethod(System.class, "getProperty", String.class)
        .orShould()
        .callMethod(System.class, "getProperty", String.class, String.class)
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .check(engine);
  }

  @Test
  void namesSayWhatThingsAre() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameStartingWith("Base")
        .orShould()
        .resideInAnyPackage("..util..", "..utils..", "..common..", "..misc..", "..info..")
        .check(engine);
  }
}
