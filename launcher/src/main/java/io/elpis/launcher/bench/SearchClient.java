package io.elpis.launcher.bench;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.gateway.GatewayClient;
import io.elpis.launcher.gateway.GatewayClient.Answer;
import java.io.IOException;

/** One client, which sends every search once and keeps its session. Used by one thread at a time. */
final class SearchClient {

    private final GatewayClient gateway;
    private final String path;
    private final boolean keepsSession;
    private String session = "";

    SearchClient(GatewayClient gateway, String index, Consistency consistency) {
        this.gateway = gateway;
        this.path = "/" + GatewayClient.segment(index) + "/_search" + consistency.parameter();
        this.keepsSession = consistency == Consistency.SESSION;
    }

    Outcome ask(BenchSearch search) throws InterruptedException {
        try {
            Answer answer = gateway.request("POST", path, "application/json", search.body(), session);
            if (keepsSession && !answer.session().isEmpty()) {
                session = answer.session();
            }
            return Outcome.of(answer);
        } catch (IOException e) {
            return new Outcome.Failed("no answer: " + e.getClass().getSimpleName(), String.valueOf(e.getMessage()));
        } catch (CommandFailure e) {
            return new Outcome.Failed("no token", String.valueOf(e.getMessage()));
        }
    }
}
