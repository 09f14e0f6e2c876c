package dev.chasqui.guard.scan.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LanguageDetectorTests {

  private final LanguageDetector detector = LanguageDetector.builtIn();

  @Test
  void guessesTheLanguageOfShortCode() {
    Map<String, Language> samples =
        Map.ofEntries(
            Map.entry("#include <stdio.h>\nint main(void) { printf(\"x\"); }", Language.C),
            Map.entry("#include <iostream>\nint main() { std::cout << 1; }", Language.CPP),
            Map.entry("using System;\nnamespace A { class B { } }", Language.CSHARP),
            Map.entry("public class A { void f() throws IOException { } }", Language.JAVA),
            Map.entry("const x = require('fs');\nx.f((a) => { b(); });", Language.JAVASCRIPT),
            Map.entry("interface A { b: string }\nconst c: number = 1;", Language.TYPESCRIPT),
            Map.entry("<?php echo $_GET['a'];", Language.PHP),
            Map.entry("def f(x):\n    return x\n", Language.PYTHON),
            Map.entry("fn main() {\n    let mut x = 1;\n}", Language.RUST),
            Map.entry("package main\n\nfunc main() {\n\tx := 1\n}", Language.GO),
            Map.entry("SELECT a FROM b WHERE c = 1;", Language.SQL),
            Map.entry("#!/bin/bash\nls -l", Language.SHELL),
            Map.entry("<?xml version=\"1.0\"?><a/>", Language.XML));

    assertThat(samples)
        .allSatisfy((code, language) -> assertThat(detector.detect(code)).isEqualTo(language));
  }

  @Test
  void saysSoWhereNothingSpeaksForALanguage() {
    assertThat(detector.detect("hello world")).isEqualTo(Language.OTHER);
  }
}
