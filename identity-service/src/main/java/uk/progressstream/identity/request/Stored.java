package uk.progressstream.identity.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;

/** Reads JSON that a function of our own database put together. */
@ApplicationScoped
public class Stored {
  private final ObjectMapper mapper;

  Stored(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * The value of a text.
   *
   * @throws IllegalStateException if code and migration do not fit together
   */
  public <T> T read(String json, Class<T> type) {
    try {
      return mapper.readValue(json, type);
    } catch (JsonProcessingException e) {
      // Not as the cause: its message would quote what was stored.
      throw new IllegalStateException("not a " + type.getSimpleName());
    }
  }
}
