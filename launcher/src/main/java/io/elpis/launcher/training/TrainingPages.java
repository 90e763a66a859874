package io.elpis.launcher.training;

import java.io.IOException;
import java.io.Writer;
import java.util.random.RandomGenerator;

/** Made-up pages whose words are as unequally common as those of a language are. The same for the same randomness. */
final class TrainingPages {

    private static final int VOCABULARY = 20_000;
    private static final int TITLE = 5;
    private static final int BODY = 120;
    private static final int PACKAGES = 50;

    private final RandomGenerator random;

    TrainingPages(RandomGenerator random) {
        this.random = random;
    }

    /** JSON Lines. */
    void write(int pages, Writer out) throws IOException {
        for (int i = 0; i < pages; i++) {
            out.append("{\"title\":\"").append(words(TITLE)).append("\",\"body\":\"");
            out.append(words(BODY)).append(".\",\"package\":\"").append(packageName());
            out.append("\",\"length\":").append(Integer.toString(random.nextInt(10_000)));
            out.append("}\n");
        }
    }

    String words(int count) {
        var words = new StringBuilder();
        for (int i = 0; i < count; i++) {
            words.append(i == 0 ? "" : " ").append(word());
        }
        return words.toString();
    }

    String packageName() {
        return "org.example.p" + random.nextInt(PACKAGES);
    }

    /** Of rank r with a frequency of about 1/r (Zipf's law). */
    private String word() {
        int rank = (int) Math.pow(VOCABULARY, random.nextDouble());
        return Integer.toString(rank + 36, 36) + "ing";
    }
}
