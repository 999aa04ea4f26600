package io.github.espalier.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.resources.Admission;
import io.github.espalier.resources.Limit;
import io.github.espalier.resources.Registration;
import io.github.espalier.resources.ResourceMonitor;
import io.github.espalier.resources.ResourceStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where verifications take place, and how many of them at once. */
@ExtendWith(UntouchedCheckouts.class)
@Timeout(120)
class VerificationSlotsTest extends HostTest {
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    private List<String> branches(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            host.branch("b" + i, "b" + i + ".txt", "text\n");
            names.add("b" + i);
        }
        return names;
    }

    @Test
    void verifiesOneTreeAfterTheOtherInOneRoomWithNothingLeftOfTheOneBefore() {
        Set<Path> rooms = Collections.synchronizedSet(new TreeSet<>());
        List<String> found = Collections.synchronizedList(new ArrayList<>());

        RunReport report = host.builder(InstanceLauncher.none())
                .maxVerifications(1)
                .verify(request -> {
                    rooms.add(request.directory());
                    found.add(read(request.directory().resolve("README.md")));
                    found.add(String.valueOf(Files.exists(request.directory().resolve("left.txt"))));
                    write(request.directory().resolve("README.md"), "changed\n");
                    write(request.directory().resolve("left.txt"), "left\n");
                    return new Verification.Verdict(true, "");
                })
                .build()
                .land(branches(3));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(rooms).hasSize(1).noneMatch(Files::exists);
        assertThat(found).containsExactly("# Test\n", "false", "# Test\n", "false", "# Test\n", "false");
    }

    /** One always runs, and asks for no room. */
    @Test
    void verifiesNoMoreTreesBesideTheFirstThanTheMachineHasRoomFor() {
        CountDownLatch both = new CountDownLatch(2);
        CountDownLatch refused = new CountDownLatch(1);
        AtomicInteger reserved = new AtomicInteger();
        ResourceMonitor roomForOne = new Monitor() {
            @Override
            public Admission admit() {
                if (reserved.compareAndSet(0, 1)) {
                    return new Admission.Granted(reserved::decrementAndGet);
                }
                refused.countDown();
                return new Admission.Refused(Limit.MEMORY, 99, 90, "no memory");
            }
        };

        RunReport report = host.builder(InstanceLauncher.none())
                .resources(roomForOne)
                .maxVerifications(4)
                .verify(request -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    both.countDown();
                    boolean met = await(both) && await(refused);
                    now.decrementAndGet();
                    return new Verification.Verdict(met, "no third was refused beside two");
                })
                .build()
                .land(branches(4));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(most).hasValue(2);
        assertThat(reserved).hasValue(0);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All but what it admits. */
    private abstract static class Monitor implements ResourceMonitor {
        private final ResourceMonitor other = ResourceMonitor.unlimited();

        @Override
        public ResourceStatus status() {
            return other.status();
        }

        @Override
        public Registration onChange(Runnable listener) {
            return other.onChange(listener);
        }

        @Override
        public void close() {
            other.close();
        }
    }
}
