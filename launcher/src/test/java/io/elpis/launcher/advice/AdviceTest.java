package io.elpis.launcher.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class AdviceTest {

    @TempDir
    Path directory;

    @BeforeEach
    void nameTheCheckout() {
        System.setProperty("elpis.root", directory.toString());
    }

    @AfterEach
    void forgetHowItWasCalled() {
        System.clearProperty("elpis.root");
        System.clearProperty("elpis.command");
    }

    @Test
    void lineCallsTheCommandAsTheUserDid() {
        System.setProperty("elpis.command", "../checkout/elpis");
        assertThat(Advice.line(directory.resolve(".elpis"), "up", "-d")).isEqualTo("../checkout/elpis up -d");
        assertThat(Advice.line(List.of("torture", "--faults", "kill,pause")))
                .isEqualTo("../checkout/elpis torture --faults kill,pause");
    }

    @Test
    void platformElsewhereIsNamedAsItIsFoundFromAnywhere() {
        assertThat(Advice.line(Path.of("elsewhere"), "down"))
                .isEqualTo("./elpis down --data " + Path.of("elsewhere").toAbsolutePath());
        System.clearProperty("elpis.root");
        assertThat(Advice.line(directory.resolve(".elpis"), "down")).contains(" --data ");
    }

    @Test
    void shellTakesALineAsItWasMeant() throws Exception {
        Path program = directory.resolve("it's $HOME & \"more\"/a=b %1 ~/elpis");
        Files.createDirectories(program.getParent());
        Files.writeString(program, "#!/bin/sh\nprintf '<%s>' \"$@\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        System.setProperty("elpis.command", directory.relativize(program).toString());
        Path data = directory.resolve("da ta;'*");

        assertThat(pasted(Advice.line(data, "search", "pages", "thread safe", "$(cache)", "")))
                .isEqualTo("<search><pages><thread safe><$(cache)><><--data><%s>", data);
    }

    private String pasted(String line) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("/bin/sh", "-c", line)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(said).isZero();
        return said;
    }
}
