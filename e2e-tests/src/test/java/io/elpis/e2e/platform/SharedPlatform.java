package io.elpis.e2e.platform;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands every scenario the same platform of three nodes in two zones, started once for the whole run. A scenario that
 * breaks something mends it before it ends.
 */
public final class SharedPlatform implements ParameterResolver {
    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(SharedPlatform.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Platform.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(SPACE)
                .computeIfAbsent(
                        Platform.class,
                        type -> Platform.start("--nodes", "3", "--zones", "2", "--index-services", "2"),
                        Platform.class);
    }
}
