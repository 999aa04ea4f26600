module consumer {
    requires io.github.espalier.coordinator;
}
