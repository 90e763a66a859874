package io.elpis.launcher.service;

/**
 * One process of a platform.
 *
 * @param number counts from 1 within its kind
 */
public record Instance(ServiceKind kind, int number, String zone) {

    public String name() {
        return kind.prefix() + "-" + number;
    }

    /** The name of its main port in the plan. */
    public String port() {
        return name();
    }

    /** The name of its gRPC port in the plan, for kinds that have one. */
    public String grpcPort() {
        return name() + ".grpc";
    }

    /** The name of its controller port in the plan, for brokers. */
    public String controllerPort() {
        return name() + ".controller";
    }

    @Override
    public String toString() {
        return name();
    }
}
