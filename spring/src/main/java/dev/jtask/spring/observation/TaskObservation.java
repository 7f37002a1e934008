package dev.jtask.spring.observation;

import dev.jtask.protocol.message.TaskMessage;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/// The observations of tasks, with the names that OpenTelemetry's spans of them have for the same.
public enum TaskObservation implements ObservationDocumentation {

    /// A message on its way, until the broker has it.
    SEND {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultSend.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return new KeyName[] {Low.SYSTEM, Low.DESTINATION, Low.TASK};
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return new KeyName[] {High.OPERATION, High.ROUTING_KEY, High.ID, High.CONVERSATION_ID, High.RETRIES};
        }
    },

    /// A run of a task.
    RUN {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultRun.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return Low.values();
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return new KeyName[] {High.OPERATION, High.ID, High.CONVERSATION_ID, High.RETRIES, High.STATE};
        }
    };

    /// Keys with few values, which meters have as well.
    public enum Low implements KeyName {
        /// Always `rabbitmq`.
        SYSTEM("messaging.system"),
        /// The queue; of a send to an exchange that one's name.
        DESTINATION("messaging.destination.name"),
        /// The task's name.
        TASK("celery.task_name"),
        /// Of a run: `succeeded`, `failed`, `retried` and so on; `none` while it runs.
        OUTCOME("jtask.outcome"),
        /// Of a run: what the exception is called that ended it; `none` for none.
        ERROR_TYPE("error.type");

        private final String key;

        Low(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }

    /// Keys that only traces have.
    public enum High implements KeyName {
        /// `send` or `process`.
        OPERATION("messaging.operation.type"),
        /// Of a send.
        ROUTING_KEY("messaging.rabbitmq.destination.routing_key"),
        /// The task's id.
        ID("messaging.message.id"),
        /// The first task's of the work flow.
        CONVERSATION_ID("messaging.message.conversation_id"),
        /// From zero.
        RETRIES("celery.retries"),
        /// Of a run: the state that its sender is told; `none` while it runs, and where that is none.
        STATE("celery.state");

        private final String key;

        High(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }

    /// What is said of sends unless a bean says more.
    public static class DefaultSend implements TaskSendConvention {

        @Override
        public KeyValues getLowCardinalityKeyValues(TaskSendContext context) {
            return usual(context.destination(), context.message().task());
        }

        @Override
        public KeyValues getHighCardinalityKeyValues(TaskSendContext context) {
            return of("send", context.message())
                    .and(KeyValue.of(High.ROUTING_KEY, context.route().routingKey()));
        }
    }

    /// What is said of runs unless a bean says more.
    public static class DefaultRun implements TaskRunConvention {

        @Override
        public KeyValues getLowCardinalityKeyValues(TaskRunContext context) {
            return usual(context.queue(), context.message().task())
                    .and(KeyValue.of(Low.OUTCOME, context.outcome().orElse(KeyValue.NONE_VALUE)))
                    .and(KeyValue.of(Low.ERROR_TYPE, context.errorType().orElse(KeyValue.NONE_VALUE)));
        }

        @Override
        public KeyValues getHighCardinalityKeyValues(TaskRunContext context) {
            return of("process", context.message())
                    .and(KeyValue.of(High.STATE, context.state().orElse(KeyValue.NONE_VALUE)));
        }
    }

    private static KeyValues usual(String destination, String task) {
        return KeyValues.of(
                KeyValue.of(Low.SYSTEM, "rabbitmq"),
                KeyValue.of(Low.DESTINATION, destination),
                KeyValue.of(Low.TASK, task));
    }

    private static KeyValues of(String operation, TaskMessage message) {
        var root = message.rootId();
        return KeyValues.of(
                KeyValue.of(High.OPERATION, operation),
                KeyValue.of(High.ID, message.id()),
                KeyValue.of(High.CONVERSATION_ID, root == null ? message.id() : root),
                KeyValue.of(High.RETRIES, Integer.toString(message.retries())));
    }
}
