package io.elpis.gateway.routing;

/** The services a request can be meant for, by the names they register under. */
public enum BackendService {
    AGGREGATOR("aggregator-service"),
    AUTH("auth-service"),
    INDEX("index-service");

    /** Exchange attribute: the service of a routed request. */
    public static final String ATTRIBUTE = BackendService.class.getName();

    private final String id;

    BackendService(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }
}
