package io.elpis.launcher.command;

import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote down. */
final class BuildVersion implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        var properties = new Properties();
        try (var in = BuildVersion.class.getResourceAsStream("version.properties")) {
            if (in == null) {
                throw new IOException("this build has no version.properties");
            }
            properties.load(in);
        }
        return new String[] {"elpis " + properties.getProperty("version")};
    }
}
