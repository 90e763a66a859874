package io.elpis.launcher.service;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.exit.ExitCode;
import io.elpis.launcher.platform.PlatformShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** All instances of a platform, in the order in which a reader expects them. */
public record Fleet(List<Instance> instances) {

    private static final int MOST_CONTROLLERS = 3;

    public Fleet {
        instances = List.copyOf(instances);
    }

    public static Fleet of(PlatformShape shape) {
        var all = new ArrayList<Instance>();
        for (ServiceKind kind : ServiceKind.values()) {
            for (int number = 1; number <= count(kind, shape); number++) {
                all.add(new Instance(kind, number, shape.zone(number)));
            }
        }
        return new Fleet(all);
    }

    private static int count(ServiceKind kind, PlatformShape shape) {
        return switch (kind) {
            case KAFKA -> shape.brokers();
            case QUERY -> shape.nodes();
            case INDEX -> shape.indexServices();
            case DISCOVERY, POSTGRES, AUTH, AGGREGATOR, GATEWAY -> 1;
        };
    }

    public List<Instance> of(ServiceKind kind) {
        return instances.stream().filter(instance -> instance.kind() == kind).toList();
    }

    public Instance first(ServiceKind kind) {
        return of(kind).getFirst();
    }

    /** The brokers that also vote in Kafka's quorum. */
    public List<Instance> controllers() {
        return of(ServiceKind.KAFKA).stream().limit(MOST_CONTROLLERS).toList();
    }

    public Instance instance(String name) {
        return instances.stream()
                .filter(instance -> instance.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new CommandFailure("no instance " + name + "; there are " + names(), ExitCode.USAGE));
    }

    /** The instances that a user may mean by an instance's or a service's name. */
    public List<Instance> matching(String name) {
        return ServiceKind.named(name).map(this::of).orElseGet(() -> List.of(instance(name)));
    }

    private String names() {
        return Arrays.stream(ServiceKind.values())
                .flatMap(kind -> of(kind).stream())
                .map(Instance::name)
                .collect(Collectors.joining(", "));
    }
}
