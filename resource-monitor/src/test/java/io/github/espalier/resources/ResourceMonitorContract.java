package io.github.espalier.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every monitor does. A subclass gives one that has room for one more, if not at once then soon. */
@Timeout(60)
public abstract class ResourceMonitorContract {
    private ResourceMonitor monitor = ResourceMonitor.unlimited();

    /** A new monitor of a machine with room. */
    protected abstract ResourceMonitor withRoom();

    @BeforeEach
    void open() {
        monitor = withRoom();
    }

    @AfterEach
    void close() {
        monitor.close();
    }

    private Reservation admitted() {
        List<Reservation> rooms = new ArrayList<>();
        await().until(() -> {
            if (monitor.admit() instanceof Admission.Granted granted) {
                rooms.add(granted.reservation());
            }
            return !rooms.isEmpty();
        });
        return rooms.get(0);
    }

    @Test
    void grantsWhatThereIsRoomFor() {
        try (Reservation room = admitted()) {
            assertThat(room).isNotNull();
            assertThat(monitor.status().reservations()).isEqualTo(1);
        }
        assertThat(monitor.status().reservations()).isZero();
    }

    @Test
    void takesAReservationBackOnlyOnce() {
        Reservation first = admitted();
        first.close();
        try (Reservation second = admitted()) {
            first.close();

            assertThat(second).isNotSameAs(first);
            assertThat(monitor.status().reservations()).isEqualTo(1);
        }
    }

    @Test
    void showsReadingsOnlyWithTheirAge() {
        ResourceStatus status = monitor.status();

        assertThat(status.age().isPresent()).isEqualTo(status.sampledAt().isPresent());
        if (status.age().isEmpty()) {
            assertThat(status.cpuPercent()).isEmpty();
            assertThat(status.memoryPercent()).isEmpty();
            assertThat(status.freeDiskBytes()).isEmpty();
        }
    }

    @Test
    void closesMoreThanOnceAndAnswersNoMore() {
        Reservation room = admitted();

        monitor.close();
        monitor.close();

        assertThatThrownBy(monitor::admit).isInstanceOf(ResourceException.class).hasMessageContaining("closed");
        room.close();
        assertThat(monitor.status().reservations()).isZero();
    }

    @Test
    void takesAListenerOffMoreThanOnce() {
        Registration registration = monitor.onChange(() -> {});

        registration.close();
        registration.close();
        admitted().close();

        assertThat(monitor.status().reservations()).isZero();
    }

    @Test
    void keepsCountWhenManyAskAtOnce() throws Exception {
        admitted().close();
        ExecutorService askers = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> asked = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                asked.add(askers.submit(this::askOften));
            }
            int granted = 0;
            for (Future<Integer> each : asked) {
                granted += each.get();
            }

            assertThat(granted).isPositive();
            assertThat(monitor.status().reservations()).isZero();
        } finally {
            askers.shutdownNow();
        }
    }

    private int askOften() {
        int granted = 0;
        for (int i = 0; i < 500; i++) {
            if (monitor.admit() instanceof Admission.Granted room) {
                granted++;
                room.reservation().close();
            }
        }
        return granted;
    }
}
