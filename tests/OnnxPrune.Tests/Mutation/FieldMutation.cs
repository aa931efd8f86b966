using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using OnnxPrune.Operators;

namespace OnnxPrune.Mutation;

/// <summary>
/// Changes fields of a protobuf message: drops, repeats and swaps elements, puts parts of the message where others were, and replaces numbers
/// and names by extreme ones and by those of other places. The result is always well-formed protobuf.
/// </summary>
internal sealed class FieldMutation(Random random)
{
    private static readonly long[] Numbers =
    [
        0, 1, -1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 64, 127, 255, 1000, 65536, 1 << 20, 1 << 28, int.MaxValue, int.MinValue, 1L << 31, 1L << 32,
        3037000500, 1L << 40, 1L << 61, 1L << 62, long.MaxValue, long.MinValue, long.MinValue + 1,
    ];

    private static readonly float[] Reals = [0, 1, -1, 0.5f, 1e30f, -1e30f, 1e-30f, float.NaN, float.PositiveInfinity, float.NegativeInfinity];

    private static readonly string[] Texts =
    [
        "", "\0", "x\0y", "/", "..", "../m.onnx", "/etc/hostname", "N", "N+1", "a+b", "ai.onnx", "com.microsoft", "axis", "axes", "perm",
        "group", "pads", "strides", "kernel_shape", "dilations", "value", "value_ints", "value_float", "to", "shape", "equation", "ij,jk->ik",
        "...i,ij", "num_heads", "hidden_size", "split", "num_outputs", "keepdims", "mode", "blocksize", "alpha", "direction", "bidirectional",
        "transA", "body", "then_branch", "offset", "length", "99999999999", "-1", "{0}", "名", new('n', 3000),
    ];

    private static readonly string[] Operators = [.. OperatorSet.Default.Entries.Select(e => e.OpType).Distinct()];

    /// <summary>Changes one field somewhere in <paramref name="root"/>.</summary>
    public void Apply(IMessage root)
    {
        var messages = Within(root).ToList();
        var message = messages[random.Next(messages.Count)];
        var fields = message.Descriptor.Fields.InDeclarationOrder();
        var present = fields.Where(f => IsPresent(f, message)).ToList();
        var field = present.Count > 0 && random.Next(5) > 0 ? present[random.Next(present.Count)] : fields[random.Next(fields.Count)];
        if (field.IsRepeated) ChangeList(field, (IList)field.Accessor.GetValue(message), messages);
        else if (random.Next(6) == 0) field.Accessor.Clear(message);
        else if (Other(field, messages) is { } value) field.Accessor.SetValue(message, value);
    }

    private static bool IsPresent(FieldDescriptor field, IMessage message) => field.Accessor.GetValue(message) switch
    {
        IList list => list.Count > 0,
        null => false,
        _ => field.Accessor.HasValue(message),
    };

    private static IEnumerable<IMessage> Within(IMessage message)
    {
        var inner = message.Descriptor.Fields.InDeclarationOrder().Where(f => f.FieldType == FieldType.Message)
            .Select(f => f.Accessor.GetValue(message)).SelectMany(v => v is IList list ? list.Cast<IMessage>() : v is IMessage one ? [one] : []);
        return inner.SelectMany(Within).Prepend(message);
    }

    private void ChangeList(FieldDescriptor field, IList list, List<IMessage> messages)
    {
        int at = random.Next(Math.Max(1, list.Count)), other = random.Next(Math.Max(1, list.Count));
        switch (random.Next(6))
        {
            case 0 when list.Count > 0: list.RemoveAt(at); break;
            case 1 when list.Count > 0: list.Insert(other, Copy(list[at])); break;
            case 2 when list.Count > 0: (list[at], list[other]) = (list[other], list[at]); break;
            case 3 when random.Next(4) == 0: list.Clear(); break;
            case 4 when list.Count > 0 && Other(field, messages) is { } value: list[at] = value; break;
            default:
                if (Other(field, messages) is { } added) list.Insert(at, added);
                break;
        }
    }

    private static object? Copy(object? value) => value is IMessage message ? Clone(message) : value;

    private static IMessage Clone(IMessage message) => message.Descriptor.Parser.ParseFrom(message.ToByteString());

    private object? Other(FieldDescriptor field, List<IMessage> messages) => field.FieldType switch
    {
        FieldType.Message => OtherMessage(field.MessageType, messages),
        FieldType.Int64 => Number(),
        FieldType.Int32 => (int)Number(),
        FieldType.UInt64 => (ulong)Number(),
        FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, random.Next(-1, 25)),
        FieldType.Float => Reals[random.Next(Reals.Length)],
        FieldType.Double => (double)Reals[random.Next(Reals.Length)],
        FieldType.Bytes => ByteString.CopyFrom(Bytes()),
        FieldType.String => Text(field, messages),
        _ => null,
    };

    private long Number() => random.Next(3) == 0 ? random.Next(-3, 20) : Numbers[random.Next(Numbers.Length)];

    private byte[] Bytes()
    {
        byte[] bytes = new byte[random.Next(random.Next(2) == 0 ? 4 : 100)];
        random.NextBytes(bytes);
        return bytes;
    }

    private IMessage OtherMessage(MessageDescriptor type, List<IMessage> messages)
    {
        var same = messages.Where(m => m.Descriptor == type).ToList();
        return same.Count == 0 || random.Next(8) == 0 ? type.Parser.ParseFrom(Array.Empty<byte>()) : Clone(same[random.Next(same.Count)]);
    }

    // Mostly a name from elsewhere: that connects nodes in another way.
    private string Text(FieldDescriptor field, List<IMessage> messages)
    {
        if (field.Name == "op_type" && random.Next(4) > 0) return Operators[random.Next(Operators.Length)];
        if (random.Next(3) == 0) return Texts[random.Next(Texts.Length)];
        var names = messages.SelectMany(m => m.Descriptor.Fields.InDeclarationOrder().Where(f => f.FieldType == FieldType.String)
            .SelectMany(f => f.Accessor.GetValue(m) is IList list ? list.Cast<string>() : [(string)f.Accessor.GetValue(m)]))
            .Where(name => name.Length > 0).ToList();
        return names.Count > 0 ? names[random.Next(names.Count)] : "";
    }
}
