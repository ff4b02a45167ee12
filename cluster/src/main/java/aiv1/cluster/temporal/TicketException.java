package aiv1.cluster.temporal;

import aiv1.domain.experiment.FailureCategory;

/// A ticket came to nothing, by the lab's own fault or because somebody took it back.
final class TicketException extends Exception {
    private static final long serialVersionUID = 1L;

    private final FailureCategory category;

    TicketException(FailureCategory category, String message) {
        super(message);
        this.category = category;
    }

    FailureCategory category() {
        return category;
    }

    boolean isCancelled() {
        return category == FailureCategory.CANCELLED;
    }
}
