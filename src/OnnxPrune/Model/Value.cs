using Onnx;
using OnnxPrune.Model;

namespace OnnxPrune.Advanced;

/// <summary>
/// One value of a graph: an input, an initializer in one use, or the output of a node. An initializer with at most one axis
/// larger than 1 has one <see cref="Value"/> per use, because exporters merge equal vectors that have nothing else in common;
/// a matrix used twice is one value.
/// </summary>
public sealed class Value
{
    internal Value(int id, string name)
    {
        Id = id;
        Name = name;
    }

    /// <summary>Dense index of this value in <see cref="Graph.Values"/>.</summary>
    public int Id { get; }

    /// <summary>The name in the model. The uses of one initializer share it.</summary>
    public string Name { get; }

    /// <summary>The node that computes it, or null for inputs and initializers.</summary>
    public Node? Producer { get; internal set; }

    /// <summary>The constant data, or null.</summary>
    internal TensorProto? Initializer { get; init; }

    /// <summary>The declared type: of an input, an output, or from the model's value_info; null where the model does not say.</summary>
    internal ValueInfoProto? Declared { get; set; }

    /// <summary>True for an initializer: the value is constant data of the model.</summary>
    public bool IsInitializer => Initializer is not null;

    /// <summary>True for a graph input that is not an initializer.</summary>
    public bool IsInput { get; internal set; }

    /// <summary>True for a graph output.</summary>
    public bool IsOutput { get; internal set; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
