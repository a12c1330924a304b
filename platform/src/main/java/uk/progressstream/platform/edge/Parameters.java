package uk.progressstream.platform.edge;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/**
 * Reads parameters that are no text. One that is not understood is a bad request, not a missing
 * thing: only a part of the path names a thing that may be missing. What may be absent is a boxed
 * type: {@link Route} takes no primitive one, which would be read by others.
 */
@Provider
public class Parameters implements ParamConverterProvider {
  private static final Pattern ID =
      Pattern.compile("(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private static final Map<Class<?>, Function<String, Object>> READERS =
      Map.of(
          UUID.class, Parameters::id,
          Integer.class, Integer::valueOf,
          Boolean.class, Parameters::truth);

  @Override
  @SuppressWarnings("unchecked") // The reader of a class gives that class.
  public <T> @Nullable ParamConverter<T> getConverter(
      Class<T> type, Type genericType, Annotation[] annotations) {
    Function<String, Object> reader = READERS.get(type);
    boolean inPath = Arrays.stream(annotations).anyMatch(RestPath.class::isInstance);
    return reader == null ? null : (ParamConverter<T>) new Converter(reader, inPath);
  }

  /** What Java reads too, such as 1-1-1-1-1, would give one thing many names. */
  private static UUID id(String text) {
    if (!ID.matcher(text).matches()) {
      throw new IllegalArgumentException("no UUID");
    }
    return UUID.fromString(text);
  }

  /** Java reads whatever is not "true" as false, and a mistyped dry run would be a real one. */
  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("no boolean");
    };
  }

  private record Converter(Function<String, Object> reader, boolean inPath)
      implements ParamConverter<Object> {
    @Override
    public @Nullable Object fromString(@Nullable String text) {
      if (text == null) {
        return null;
      }
      try {
        return reader.apply(text);
      } catch (IllegalArgumentException e) {
        throw inPath ? new NotFoundException() : new BadRequestException();
      }
    }

    @Override
    public String toString(Object value) {
      return value.toString();
    }
  }
}
