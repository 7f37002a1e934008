package dev.jtask.protocol.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.SerializerFactoryConfig;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.BeanSerializerFactory;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.ser.ResolvableSerializer;
import com.fasterxml.jackson.databind.ser.SerializerFactory;
import com.fasterxml.jackson.databind.util.NameTransformer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Has values say of which type they are, where their class or one of its interfaces has `@JsonTypeInfo`. Jackson
/// asks the place alone, and of a `List<Shape>` that is sent the place of an element is an `Object`.
///
/// A factory, since a modifier is not asked of containers, nor of classes whose annotation names their serializer.
final class NamedTypes extends BeanSerializerFactory {

    private static final long serialVersionUID = 1;

    NamedTypes(SerializerFactoryConfig config) {
        super(config);
    }

    @Override
    public SerializerFactory withConfig(SerializerFactoryConfig config) {
        return new NamedTypes(config);
    }

    @Override
    public @Nullable JsonSerializer<Object> createSerializer(SerializerProvider provider, JavaType type)
            throws JsonMappingException {
        var serializer = super.createSerializer(provider, type);
        var name = createTypeSerializer(provider.getConfig(), type);
        return serializer == null || name == null ? serializer : new Named(name, serializer);
    }

    /// As Jackson's `TypeWrappedSerializer`, which is for the outermost value alone.
    private static final class Named extends JsonSerializer<Object>
            implements ContextualSerializer, ResolvableSerializer {

        private final TypeSerializer name;
        private final JsonSerializer<Object> value;

        Named(TypeSerializer name, JsonSerializer<Object> value) {
            this.name = name;
            this.value = value;
        }

        @Override
        public void serialize(Object each, JsonGenerator out, SerializerProvider provider) throws IOException {
            value.serializeWithType(each, out, provider, name);
        }

        /// Where the place asks for it as well, in its own way.
        @Override
        public void serializeWithType(
                Object each, JsonGenerator out, SerializerProvider provider, TypeSerializer ofPlace)
                throws IOException {
            value.serializeWithType(each, out, provider, ofPlace);
        }

        @Override
        public void resolve(SerializerProvider provider) throws JsonMappingException {
            if (value instanceof ResolvableSerializer resolvable) {
                resolvable.resolve(provider);
            }
        }

        @Override
        @SuppressWarnings("unchecked") // it is only given what it is for
        public JsonSerializer<?> createContextual(SerializerProvider provider, @Nullable BeanProperty place)
                throws JsonMappingException {
            JsonSerializer<?> here = provider.handleSecondaryContextualization(value, place);
            return here.equals(value) ? this : new Named(name, (JsonSerializer<Object>) here);
        }

        /// What is unwrapped is a part of another value and has no type of its own.
        @Override
        public JsonSerializer<Object> unwrappingSerializer(NameTransformer names) {
            return value.unwrappingSerializer(names);
        }

        @Override
        public boolean isEmpty(SerializerProvider provider, Object each) {
            return value.isEmpty(provider, each);
        }

        @Override
        public boolean usesObjectId() {
            return value.usesObjectId();
        }

        @Override
        public Class<Object> handledType() {
            return value.handledType();
        }

        @Override
        public JsonSerializer<?> getDelegatee() {
            return value;
        }
    }
}
