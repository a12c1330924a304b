package uk.progressstream.system.k8s;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what Kubernetes' own types do not know. The model keeps a misspelt field, or a value of a
 * wrong type, among an object's additional properties, at whatever depth; so every one of these
 * must be empty.
 */
final class UnknownFields {
  private static final String OURS_TO_LOOK_INTO = "io.fabric8.kubernetes.";

  private final List<String> found = new ArrayList<>();

  private UnknownFields() {}

  /** Paths of unknown fields such as {@code Deployment.spec.template.spec.contaners}. */
  static List<String> in(Object object) {
    UnknownFields walk = new UnknownFields();
    walk.visit(object.getClass().getSimpleName(), object);
    return walk.found;
  }

  private void visit(String path, @Nullable Object value) {
    if (value instanceof GenericKubernetesResource generic) {
      found.add(path + ": no model of kind " + generic.getKind());
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        visit(path + "[" + i + "]", list.get(i));
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> visit(path + "." + key, each));
    } else if (value != null && value.getClass().getName().startsWith(OURS_TO_LOOK_INTO)) {
      visitFields(path, value);
    }
  }

  private void visitFields(String path, Object value) {
    for (Class<?> type = value.getClass(); type != null && type != Object.class; ) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          visitField(path, field, read(field, value));
        }
      }
      type = type.getSuperclass();
    }
  }

  private void visitField(String path, Field field, @Nullable Object value) {
    if (field.getName().equals("additionalProperties")) {
      if (value instanceof Map<?, ?> unknown) {
        unknown.keySet().forEach(key -> found.add(path + "." + key));
      }
    } else if (!(value instanceof Enum<?>)) {
      visit(path + "." + field.getName(), value);
    }
  }

  private static @Nullable Object read(Field field, Object owner) {
    try {
      field.setAccessible(true);
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
