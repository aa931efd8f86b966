using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Shapes;

/// <summary>
/// Infers the type of every value by running the operators' shape rules in topological order, at several valuations of the
/// symbolic dimensions at once. Needs no runtime. What cannot be inferred is unknown, with a warning that names the node.
/// </summary>
public sealed class ShapeInference
{
    private readonly ShapeRules rules;
    private readonly TensorType[] types;
    private readonly bool[] derivesFromShapes;
    private readonly Dictionary<string, Size> symbols = [];
    private readonly List<Diagnostic> warnings = [];
    private readonly HashSet<Node> understood = [];

    private ShapeInference(Graph graph, ShapeRules rules, Valuation valuation)
    {
        this.rules = rules;
        Graph = graph;
        Valuation = valuation;
        foreach (var input in graph.Inputs.Where(i => i.Declared is not null)) Valuation.AddSymbols(input.Declared!, symbols);
        types = Array.ConvertAll([.. graph.Values], InitialType);
        derivesFromShapes = new bool[types.Length];
    }

    /// <summary>The graph.</summary>
    public Graph Graph { get; }

    /// <summary>The numbers that stand for the symbolic dimensions.</summary>
    public Valuation Valuation { get; }

    /// <summary>What could not be inferred.</summary>
    public IReadOnlyList<Diagnostic> Warnings => warnings;

    /// <summary>The type of a value.</summary>
    public TensorType this[Value value] => types[value.Id];

    /// <summary>True for what Shape and Size compute, and for what is evaluated from that.</summary>
    public bool DerivesFromShapes(Value value) => derivesFromShapes[value.Id];

    /// <summary>True for a node whose rule told the shapes of all its outputs; those of others are unknown, or what the model declares.</summary>
    public bool Understands(Node node) => understood.Contains(node);

    /// <summary>True for a node that does nothing but arithmetic on shapes: its outputs were evaluated.</summary>
    public bool IsShapeArithmetic(Node node) => node.Outputs.All(o => o is null || derivesFromShapes[o.Id]);

    /// <summary>The types of all values of <paramref name="graph"/>.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="rules">The shape rule of each operator.</param>
    /// <param name="nominal">Sizes by symbol at which reports count; the others have defaults.</param>
    public static ShapeInference Run(Graph graph, ShapeRules rules, IReadOnlyDictionary<string, long> nominal)
    {
        ShapeInference? best = null;
        foreach (var valuation in Valuation.All(graph.Inputs.Select(i => i.Declared).OfType<Onnx.ValueInfoProto>(), nominal))
        {
            var attempt = new ShapeInference(graph, rules, valuation);
            foreach (var node in graph.Nodes) attempt.Infer(node);
            if (attempt.warnings.Count == 0) return attempt;
            if (best is null || attempt.warnings.Count < best.warnings.Count) best = attempt;
        }
        return best!;
    }

    private TensorType InitialType(Value value)
    {
        if (value.Initializer is { } tensor)
            return new TensorType(Tensors.TypeOf(tensor), [.. tensor.Dims.Select(Size.Of)], KnownTensor.OfInitializer(tensor));
        return value.IsInput ? DeclaredType(value) : TensorType.Unknown;
    }

    private TensorType DeclaredType(Value value) => value.Declared is { } declared
        ? new TensorType((DataType)(declared.Type?.TensorType?.ElemType ?? 0), Valuation.Shape(declared))
        : TensorType.Unknown;

    private void Infer(Node node)
    {
        var rule = rules(node);
        var outputs = Outputs(node, rule);
        bool derives = node.Reads.Any(DerivesFromShapes);
        if (outputs?.Zip(node.Outputs).All(o => o.Second is null || o.First.Shape is not null) == true) understood.Add(node);
        for (int i = 0; i < node.Outputs.Length; i++)
        {
            if (node.Outputs[i] is not { } value) continue;
            types[value.Id] = Reconciled(outputs?[i], value);
            derivesFromShapes[value.Id] = (rule?.ReadsShape == true && node.Inputs is [not null, ..]) || (derives && types[value.Id].Content is not null);
        }
    }

    private IReadOnlyList<TensorType>? Outputs(Node node, IShapeRule? rule)
    {
        if (rule is null || (!rule.AcceptsUnknownRanks && node.Inputs.Any(v => v is not null && this[v].Shape is null))) return null;
        var context = new ShapeContext(node, v => this[v], AssumeRank);
        try
        {
            rule.InferShapes(context);
            return context.Outputs;
        }
        catch (Exception e) when (e is InfeasibleShapeException || Errors.IsMisfit(e))
        {
            warnings.Add(new Diagnostic(Severity.Warning, ErrorCodes.UnknownShape, $"the shapes at {node.Label} do not fit together ({e.Message}); what it touches is left alone"));
            return null;
        }
    }

    private void AssumeRank(Value value, int rank) =>
        types[value.Id] = types[value.Id] with { Shape = [.. Enumerable.Repeat(Size.Unknown, rank)] };

    // A rule's answer wins; the model's own declaration fills in where the rule, or its absence, leaves a shape open.
    private TensorType Reconciled(TensorType? inferred, Value value)
    {
        if (inferred?.Shape is not null || value.Declared?.Type?.TensorType is not { } declared) return inferred ?? TensorType.Unknown;
        var type = inferred is { Type: not DataType.Undefined } ? inferred.Type : (DataType)declared.ElemType;
        return new TensorType(type, declared.Shape is null ? null : [.. declared.Shape.Dim.Select(DeclaredSize)]);
    }

    // A symbol of an inner value is known if an input has it; what others stand for is the exporter's secret.
    private Size DeclaredSize(TensorShapeProto.Types.Dimension dimension)
    {
        if (dimension.HasDimValue) return dimension.DimValue > 0 ? Size.Of(dimension.DimValue) : Size.Unknown;
        return symbols.GetValueOrDefault(dimension.DimParam, Size.Unknown);
    }
}
