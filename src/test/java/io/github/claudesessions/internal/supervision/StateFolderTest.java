package io.github.claudesessions.internal.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.control.Cost;
import io.github.claudesessions.error.LaunchException;
import io.github.claudesessions.error.SessionInUseException;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.internal.process.ChildRecord;
import io.github.claudesessions.internal.process.Marker;
import io.github.claudesessions.internal.process.Owner;
import io.github.claudesessions.internal.process.ProcessIdentity;
import io.github.claudesessions.internal.process.ProcessIdentity.State;
import io.github.claudesessions.internal.protocol.Changes;
import io.github.claudesessions.internal.supervision.Records.Remembered;
import io.github.claudesessions.message.ModelUsage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@Tag("unix")
class StateFolderTest {
    private static final String ID = UUID.randomUUID().toString();

    @TempDir
    Path temp;

    private final List<ProcessHandle> started = new ArrayList<>();

    @AfterEach
    void endWhatWasStarted() {
        started.forEach(ProcessHandle::destroyForcibly);
    }

    private static Remembered conversation(boolean spoken) {
        ModelUsage usage = new ModelUsage(1, 2, 3L, 4, 5, null, null, 6, 0.25, 7, 8, "m", null, "list");
        return new Remembered(
                ID,
                spoken,
                new Changes().toJson(),
                new Cost(1, 2, 3, Map.of("model", usage)),
                Instant.parse("2026-01-01T00:00:00Z"));
    }

    private Path folder() {
        return temp.resolve("state");
    }

    private Path child(String name) {
        return folder().resolve("children").resolve(name);
    }

    private List<Path> files(String below) throws IOException {
        try (Stream<Path> files = Files.list(folder().resolve(below))) {
            return files.toList();
        }
    }

    /** A process that is no child of this JVM, as one that another JVM has left. */
    private ProcessIdentity orphan(String marker) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "(trap '' TERM; exec sleep 600 >&- 2>&-) & echo $!");
        builder.environment().put(Marker.NAME, marker);
        try (BufferedReader out = builder.start().inputReader()) {
            long pid = Long.parseLong(out.readLine());
            started.add(ProcessHandle.of(pid).orElseThrow());
            return ProcessIdentity.of(pid);
        }
    }

    private static Owner deadOwner() {
        ProcessIdentity self = Owner.SELF.process();
        return new Owner(
                new ProcessIdentity(self.pid(), self.started() - 100_000, self.boot()), Owner.SELF.pidNamespace());
    }

    /** Leaves the record as a supervisor does that was killed. */
    private void leave(ChildRecord record) throws IOException {
        StateFolder.open(folder()).close();
        Files.write(child(UUID.randomUUID() + ".json"), Json.line(record.toJson()));
    }

    // ---- the folder

    @Test
    void theFolderIsOpenToItsOwnerOnly() throws IOException {
        try (StateFolder state = StateFolder.open(folder())) {
            state.remember("a", conversation(true));
            for (Path path : List.of(folder(), folder().resolve("sessions"), folder().resolve("children"))) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .isEqualTo("rwx------");
            }
        }
    }

    @Test
    void aLinkAndAFolderThatIsOpenToOthersAreRefused() throws IOException {
        Path real = Files.createDirectory(temp.resolve("real"));
        Path link = Files.createSymbolicLink(temp.resolve("link"), real);
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (Path unsafe : List.of(real, link)) {
            assertThatExceptionOfType(LaunchException.class)
                    .isThrownBy(() -> StateFolder.open(unsafe))
                    .withMessageContaining(unsafe.toString())
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(LaunchException.Reason.UNSAFE_FOLDER));
        }
        assertThat(real).isEmptyDirectory();
    }

    @Test
    void oneUsesItAtATime() {
        try (StateFolder first = StateFolder.open(folder())) {
            for (int i = 0; i < 2; i++) {
                assertThatExceptionOfType(LaunchException.class)
                        .isThrownBy(() -> StateFolder.open(folder()))
                        .withMessageContaining("another supervisor of this JVM")
                        .satisfies(e -> assertThat(e.reason()).isEqualTo(LaunchException.Reason.FOLDER_IN_USE));
            }
            first.remember("a", conversation(true));
        }
        StateFolder.open(folder()).close();
    }

    // ---- conversations

    @Test
    void namesAreRememberedWhateverTheyHold() {
        List<String> names = List.of("a", "../../etc/passwd", "a/b", "Ä\0\n", "x".repeat(5_000));
        try (StateFolder state = StateFolder.open(folder())) {
            names.forEach(name -> state.remember(name, conversation(false)));
            state.remember("a", conversation(true));
        }
        try (StateFolder state = StateFolder.open(folder())) {
            assertThat(names)
                    .allSatisfy(name -> assertThat(state.remembered(name)).isEqualTo(conversation(name.equals("a"))));
            state.forget("a");
            state.forget("a");
            assertThat(state.remembered("a")).isNull();
            assertThat(state.remembered("b")).isNull();
        }
    }

    @Test
    void whatIsNoConversationIsNotTakenForNone() throws IOException {
        try (StateFolder state = StateFolder.open(folder())) {
            state.remember("a", conversation(true));
            Path file = files("sessions").getFirst();
            String whole = Files.readString(file);
            for (String content : List.of(
                    "",
                    "null",
                    "[]",
                    "\0\0\0\0",
                    whole.substring(0, whole.length() / 2),
                    whole.replace(ID, "--version"),
                    whole.replace("\"a\"", "\"b\""),
                    whole.replace("\"spoken\":true", "\"spoken\":1"),
                    whole.replace("\"models\"", "\"others\""),
                    whole.replaceFirst("\"opened\":\"[^\"]*\"", "\"opened\":\"today\""),
                    whole.strip() + " ".repeat(17_000_000))) {
                Files.writeString(file, content);
                assertThatExceptionOfType(LaunchException.class)
                        .as(content.strip())
                        .isThrownBy(() -> state.remembered("a"))
                        .satisfies(e -> assertThat(e.reason()).isEqualTo(LaunchException.Reason.BROKEN_RECORD));
            }
            assertThat(state.remembered("b")).isNull();
            assertThat(state.remember("a", conversation(true))).isTrue();
            assertThat(state.remembered("a")).isEqualTo(conversation(true));
        }
    }

    @Test
    void whatCanNotBeWrittenIsTold() throws IOException {
        try (StateFolder state = StateFolder.open(folder())) {
            Files.delete(folder().resolve("sessions"));
            assertThat(state.remember("a", conversation(true))).isFalse();
            Files.createDirectory(folder().resolve("sessions"));
            assertThat(state.remember("a", conversation(true))).isTrue();
        }
    }

    @Test
    void whatWasBeingWrittenIsRemoved() throws IOException {
        StateFolder.open(folder()).close();
        Files.writeString(child("half.tmp"), "{");
        StateFolder.open(folder()).close();
        assertThat(files("children")).isEmpty();
    }

    // ---- processes

    @Test
    void aRecordComesBackAsItWas() {
        ChildRecord full = new ChildRecord(new ProcessIdentity(7, 8, "boot"), "marker", ID, deadOwner());
        ChildRecord bare = new ChildRecord(
                new ProcessIdentity(7, -1, null), null, null, new Owner(new ProcessIdentity(1, 9, null), null));
        assertThat(ChildRecord.fromJson(full.toJson())).isEqualTo(full);
        assertThat(ChildRecord.fromJson(bare.toJson())).isEqualTo(bare);
    }

    @Test
    void aProcessHasARecordUntilItIsGone() throws IOException {
        try (StateFolder state = StateFolder.open(folder())) {
            ProcessIdentity process = orphan("the marker");
            Runnable gone = state.started(process.pid(), ID);
            ChildRecord record = StateFiles.read(files("children").getFirst(), ChildRecord::fromJson);
            assertThat(record).isNotNull().satisfies(read -> {
                assertThat(read.process()).isEqualTo(process);
                assertThat(read.sessionId()).isEqualTo(ID);
                assertThat(read.owner()).isEqualTo(Owner.SELF);
                assertThat(read.owner().state()).isEqualTo(State.ALIVE);
            });
            gone.run();
            assertThat(files("children")).isEmpty();
            state.started(-1, ID).run();
            assertThat(files("children")).isEmpty();
        }
    }

    @Test
    @Tag("linux")
    void theMarkerIsNoted() throws IOException {
        assertThat(ChildRecord.of(orphan("the marker").pid(), null).marker()).isEqualTo("the marker");
    }

    @Test
    void whatADeadJvmHasLeftIsEnded() throws IOException {
        ProcessIdentity process = orphan("1");
        leave(new ChildRecord(process, null, ID, deadOwner()));
        StateFolder.open(folder()).close();
        assertThat(process.state()).isEqualTo(State.DEAD);
        assertThat(files("children")).isEmpty();
    }

    @Test
    @Tag("linux")
    void whatItsProcessesHaveStartedIsEndedToo() throws IOException {
        String marker = UUID.randomUUID().toString();
        ProcessIdentity shell = orphan(marker);
        ProcessIdentity other = orphan(marker + "0");
        ProcessIdentity gone = new ProcessIdentity(shell.pid(), shell.started() - 1, shell.boot());
        leave(new ChildRecord(gone, marker, ID, deadOwner()));
        StateFolder.open(folder()).close();
        assertThat(shell.state()).isEqualTo(State.DEAD);
        assertThat(other.state()).isEqualTo(State.ALIVE);
        assertThat(files("children")).isEmpty();
    }

    @Test
    void whatALiveJvmHasIsLeftAlone() throws IOException {
        assertIsLeftAlone(Owner.SELF);
    }

    @Test
    @Tag("linux")
    void whatBelongsToAnotherContainerIsLeftAlone() throws IOException {
        assertIsLeftAlone(new Owner(deadOwner().process(), "pid:[1]"));
    }

    private void assertIsLeftAlone(Owner owner) throws IOException {
        ProcessIdentity process = orphan("2");
        leave(new ChildRecord(process, "2", ID, owner));
        StateFolder.open(folder()).close();
        assertThat(process.state()).isEqualTo(State.ALIVE);
        assertThat(files("children")).hasSize(1);
    }

    @Test
    @Tag("linux")
    void afterAnotherBootOnlyTheRecordIsRemoved() throws IOException {
        ProcessIdentity process = orphan("4");
        ProcessIdentity before = new ProcessIdentity(process.pid(), process.started(), "another boot");
        leave(new ChildRecord(before, null, ID, new Owner(before, "pid:[1]")));
        StateFolder.open(folder()).close();
        assertThat(process.state()).isEqualTo(State.ALIVE);
        assertThat(files("children")).isEmpty();
    }

    @Test
    void aConversationThatAProcessStillHasIsNotGoneOnWith() throws IOException {
        ProcessIdentity process = orphan("6");
        leave(new ChildRecord(process, null, ID, deadOwner()));
        ProcessHandle handle = ProcessHandle.of(process.pid()).orElseThrow();
        try (StateFolder state = StateFolder.open(folder(), children -> List.of(handle))) {
            state.remember("a", conversation(true));
            assertThatExceptionOfType(SessionInUseException.class)
                    .isThrownBy(() -> state.remembered("a"))
                    .withMessageContaining("process " + process.pid())
                    .satisfies(e -> assertThat(e.sessionId()).isEqualTo(ID));
            assertThat(files("children")).hasSize(1);
            handle.destroyForcibly();
            while (process.state() != State.DEAD) {
                Thread.onSpinWait();
            }
            assertThat(state.remembered("a")).isEqualTo(conversation(true));
        }
    }

    @Test
    void whatIsNoRecordIsSkippedAndTheOthersAreNot() throws IOException {
        ProcessIdentity process = orphan("5");
        ChildRecord record = new ChildRecord(process, null, ID, deadOwner());
        leave(record);
        String whole = Json.text(record.toJson());
        ObjectNode wild = record.toJson().put("pid", -1);
        int number = 0;
        for (String content : List.of(
                "",
                "[]",
                "\0",
                whole.substring(0, whole.length() / 2),
                Json.text(wild),
                Json.text(wild.put("pid", "1")),
                Json.text(record.toJson().put("session", "--version")),
                Json.text(record.toJson().put("owner", 1)))) {
            Files.writeString(child(++number + ".json"), content);
        }
        Files.createDirectory(child("folder.json"));
        Files.createSymbolicLink(child("link.json"), child("1.json"));
        StateFolder.open(folder()).close();
        assertThat(process.state()).isEqualTo(State.DEAD);
        assertThat(files("children")).hasSize(number + 2);
    }
}
