using Onnx;
using OnnxPrune.Model;

namespace OnnxPrune.Advanced;

/// <summary>
/// One value of a graph: an input, one use of an initializer, or the output of a node. An initializer with at most one axis larger than 1 has one
/// <see cref="Value"/> per use, because exporters merge equal vectors that are otherwise unrelated. A matrix with two uses is one value, and so is an
/// initializer that a caller may replace.
/// </summary>
public sealed class Value
{
    internal Value(int id, string name)
    {
        Id = id;
        Name = name;
    }

    /// <summary>The index of this value in <see cref="Graph.Values"/>.</summary>
    public int Id { get; }

    /// <summary>The name in the model. All uses of one initializer have the same name.</summary>
    public string Name { get; }

    /// <summary>The node that computes the value, or null for inputs and initializers.</summary>
    public Node? Producer { get; internal set; }

    /// <summary>The constant data, or null.</summary>
    internal TensorProto? Initializer { get; init; }

    /// <summary>The declared type of an input or output, or the type in the model's value_info; null if the model does not declare a type.</summary>
    internal ValueInfoProto? Declared { get; set; }

    /// <summary>True for an initializer: the value is constant data of the model.</summary>
    public bool IsInitializer => Initializer is not null;

    /// <summary>True for a graph input that is not an initializer.</summary>
    public bool IsInput { get; internal set; }

    /// <summary>True for an initializer that is the default value of a graph input: a caller may pass another value.</summary>
    internal bool IsDefault { get; set; }

    /// <summary>True for a graph output.</summary>
    public bool IsOutput { get; internal set; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
