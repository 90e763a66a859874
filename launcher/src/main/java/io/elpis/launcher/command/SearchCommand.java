package io.elpis.launcher.command;

import io.elpis.launcher.exit.ExitCode;
import io.elpis.launcher.find.HitList;
import io.elpis.launcher.find.Search;
import io.elpis.launcher.gateway.GatewayClient.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "search",
        description = "Looks for words in all text fields of an index. Exit code 1 where not all of it was searched.")
final class SearchCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Mixin
    PlatformOption option;

    @Parameters(index = "0", paramLabel = "INDEX")
    String index;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "WORDS")
    List<String> words;

    @Option(names = "--size", paramLabel = "N", defaultValue = "10", description = "Hits. Default: ${DEFAULT-VALUE}.")
    int size;

    @Option(names = "--json", description = "The platform's answer as it is.")
    boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Answer answer = new Search(option.gateway(), index).find(String.join(" ", words), size);
        if (json) {
            out.println(answer.text());
        } else {
            new HitList(terminal()).lines(answer.json()).forEach(out::println);
        }
        return HitList.isComplete(answer.json()) ? ExitCode.DONE : ExitCode.FAILED;
    }

    static boolean terminal() {
        return System.console() != null && System.console().isTerminal();
    }
}
