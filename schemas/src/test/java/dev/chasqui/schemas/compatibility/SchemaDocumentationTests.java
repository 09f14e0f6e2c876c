package dev.chasqui.schemas.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaDocumentationTests {
  private final List<String> undocumented = new ArrayList<>();
  private final List<String> enumsWithoutDefault = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  @Test
  void documentsEveryRecordFieldAndEnum() {
    TopicContract.all().forEach(contract -> walk(contract.schema()));

    assertThat(seen).hasSizeGreaterThan(40);
    assertThat(undocumented).isEmpty();
  }

  @Test
  void givesEveryEnumADefaultForSymbolsOfLaterVersions() {
    TopicContract.all().forEach(contract -> walk(contract.schema()));

    assertThat(enumsWithoutDefault).isEmpty();
  }

  private void walk(Schema schema) {
    switch (schema.getType()) {
      case RECORD -> walkRecord(schema);
      case ENUM -> walkEnum(schema);
      case ARRAY -> walk(schema.getElementType());
      case MAP -> walk(schema.getValueType());
      case UNION -> schema.getTypes().forEach(this::walk);
      case FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {
        // the field that holds it says what it is
      }
    }
  }

  private void walkRecord(Schema schema) {
    if (!seen.add(schema.getFullName())) {
      return;
    }
    require(schema.getName(), schema.getDoc());
    for (Schema.Field field : schema.getFields()) {
      require(schema.getName() + "." + field.name(), field.doc());
      walk(field.schema());
    }
  }

  private void walkEnum(Schema schema) {
    seen.add(schema.getFullName());
    require(schema.getName(), schema.getDoc());
    if (schema.getEnumDefault() == null) {
      enumsWithoutDefault.add(schema.getName());
    }
  }

  private void require(String name, String doc) {
    if (doc == null || doc.isBlank()) {
      undocumented.add(name);
    }
  }
}
