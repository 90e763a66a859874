package io.elpis.launcher.process;

import io.elpis.launcher.platform.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The run records of a platform, a file each. */
public final class RunRecords {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SUFFIX = ".json";

    private final Path directory;

    public RunRecords(Path directory) {
        this.directory = directory;
    }

    public void store(RunRecord record) throws IOException {
        PrivateFiles.write(file(record.instance()), JSON.writeValueAsString(record));
    }

    /** Empty also for a file that a full disk or a crash left damaged: the process can then not be told anyway. */
    public Optional<RunRecord> find(String instance) throws IOException {
        try {
            return Optional.of(JSON.readValue(Files.readString(file(instance)), RunRecord.class));
        } catch (NoSuchFileException | JacksonException e) {
            return Optional.empty();
        }
    }

    /** The living process of an instance. */
    public Optional<ProcessHandle> running(String instance) throws IOException {
        return find(instance).flatMap(RunRecord::process);
    }

    /** The names of all instances that were started and not stopped since. */
    public List<String> instances() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        }
    }

    /** Those of instances that end with this command. */
    public List<RunRecord> keptBy(ProcessMark command) throws IOException {
        var kept = new ArrayList<RunRecord>();
        for (String instance : instances()) {
            find(instance).filter(record -> record.keptBy(command)).ifPresent(kept::add);
        }
        return kept;
    }

    /** The command in some terminal that this platform's processes end with, if there is one. */
    public Optional<ProcessMark> livingKeeper() throws IOException {
        for (String instance : instances()) {
            Optional<ProcessMark> keeper = find(instance).flatMap(RunRecord::livingKeeper);
            if (keeper.isPresent()) {
                return keeper;
            }
        }
        return Optional.empty();
    }

    public void forget(String instance) throws IOException {
        Files.deleteIfExists(file(instance));
    }

    private Path file(String instance) {
        return directory.resolve(instance + SUFFIX);
    }
}
