package uk.progressstream.platform.edge;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import uk.progressstream.platform.problem.Problem;

/**
 * A body is one JSON value that means one thing, and is there: what is absent, {@code null},
 * followed by something or names a field twice is refused here, so that no method is ever handed
 * nothing.
 */
@Provider
@Singleton
public class Bodies implements ReaderInterceptor, ObjectMapperCustomizer {
  private final int bytesMax;

  Bodies(@ConfigProperty(name = "edge.body-max") MemorySize bytesMax) {
    this.bytesMax = Math.toIntExact(bytesMax.asLongValue());
  }

  @Override
  public void customize(ObjectMapper mapper) {
    mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    Object read = read(context);
    if (read == null) {
      throw unreadable();
    }
    return read;
  }

  private Object read(ReaderInterceptorContext context) throws IOException {
    if (context.getType() != InputStream.class) {
      context.setInputStream(new ByteArrayInputStream(held(context.getInputStream())));
    }
    try {
      return context.proceed();
    } catch (JsonProcessingException e) {
      throw unreadable();
    } catch (WebApplicationException e) {
      if (e.getCause() instanceof JsonProcessingException) {
        throw unreadable();
      }
      throw e;
    }
  }

  /** In chunks nothing says beforehand how much will come. */
  private byte[] held(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(bytesMax + 1);
    if (bytes.length > bytesMax) {
      throw Problem.tooLarge("Send less at once.");
    }
    return bytes;
  }

  private static Problem unreadable() {
    return Problem.badRequest(
        "unreadable-body", "Body not understood", "The body is not the JSON that this call takes.");
  }
}
