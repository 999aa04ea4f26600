package io.github.espalier.coordinator;

import java.util.Map;

/**
 * What is recorded of an instance so that it can be found again after the host was restarted.
 *
 * @param name which launch it is
 * @param properties what its launcher needs to find it: for a local process its pid, start time, boot id and cookie
 */
public record InstanceIdentity(InstanceName name, Map<String, String> properties) {
    /**
     * The only property where the host died while it launched the instance: the folder of the {@link LaunchRequest}. What a
     * launcher needs to find such an instance it keeps there.
     */
    public static final String STATE_DIRECTORY = "stateDirectory";

    /** Of a local process: {@code true} if it runs in a PID namespace, {@code false} if a cookie keeps its children together. */
    public static final String NAMESPACE = "namespace";

    /**
     * Copies the properties.
     *
     * @param name as for the record
     * @param properties as for the record
     */
    public InstanceIdentity {
        properties = Map.copyOf(properties);
    }
}
