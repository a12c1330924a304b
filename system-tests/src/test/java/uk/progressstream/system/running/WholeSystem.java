package uk.progressstream.system.running;

import java.util.Objects;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands tests the one {@link RunningSystem} that all of them share; stopped after the last. */
public final class WholeSystem implements ParameterResolver {
  private static final Namespace SHARED = Namespace.create(WholeSystem.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == RunningSystem.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Shared shared =
        context
            .getRoot()
            .getStore(SHARED)
            .getOrComputeIfAbsent("system", key -> new Shared(RunningSystem.start()), Shared.class);
    return Objects.requireNonNull(shared).system();
  }

  private record Shared(RunningSystem system) implements ExtensionContext.Store.CloseableResource {
    @Override
    public void close() throws Exception {
      system.close();
    }
  }
}
