using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Shapes;

/// <summary>
/// Infers the type of every value by running the operators' shape rules in topological order, at several valuations of the
/// symbolic dimensions at once. Needs no runtime. What cannot be inferred is unknown, with a warning that names the node.
/// </summary>
internal sealed class ShapeInference
{
    // Inferring the shapes of a large network takes tens of milliseconds.
    private const int MostAttempts = 64;

    private readonly ShapeRules rules;
    private readonly TensorType[] types;
    private readonly bool[] derivesFromShapes;
    private readonly List<Diagnostic> warnings = [];
    private readonly HashSet<Node> understood = [];
    private readonly List<(Size A, Size B)> unequal = [];
    private readonly Dictionary<Node, IReadOnlyList<BodyRun>> runs = [];

    private ShapeInference(Graph graph, ShapeRules rules, Valuation valuation, bool isBody = false)
    {
        this.rules = rules;
        Graph = graph;
        Valuation = valuation;
        types = Array.ConvertAll([.. graph.Values], value => InitialType(value, isBody));
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

    /// <summary>True for a node whose rule inferred the shapes of all its outputs; other shapes are unknown or declared by the model.</summary>
    public bool Understands(Node node) => understood.Contains(node);

    /// <summary>The runs of the sub-graphs of a node; empty where they are not known.</summary>
    public IReadOnlyList<BodyRun> RunsOf(Node node) => runs.GetValueOrDefault(node) ?? [];

    /// <summary>True for a node that does nothing but arithmetic on shapes: its outputs were evaluated.</summary>
    public bool IsShapeArithmetic(Node node) => node.Outputs.All(o => o is null || derivesFromShapes[o.Id]);

    /// <summary>The types of all values of <paramref name="graph"/>.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="rules">The shape rule of each operator.</param>
    /// <param name="dimensions">What is known of the sizes of symbolic dimensions; the others have defaults.</param>
    public static ShapeInference Run(Graph graph, ShapeRules rules, DimensionSizes dimensions)
    {
        var inputs = graph.Inputs.Where(i => i.Declared is not null).Select(i => i.Declared!).ToList();
        ShapeInference? best = null;
        foreach (var valuation in Valuation.All(inputs, dimensions))
        {
            var attempt = At(graph, rules, valuation);
            if (attempt.warnings.Count == 0) return attempt;
            if (best is null || attempt.warnings.Count < best.warnings.Count) best = attempt;
        }
        if (best!.unequal.Count > 0) best = Related(best, inputs, dimensions);
        return best.warnings.Count == 0 ? best : Fitted(best);
    }

    /// <summary>The types of all values of a sub-graph.</summary>
    /// <param name="body">The sub-graph.</param>
    /// <param name="inputs">The types of what its node gives it.</param>
    /// <param name="outer">The types of the values of the enclosing graph.</param>
    /// <param name="rules">The shape rule of each operator.</param>
    /// <param name="valuation">The numbers that stand for the symbolic dimensions.</param>
    public static ShapeInference OfBody(
        Body body, IReadOnlyList<TensorType> inputs, Func<Value, TensorType> outer, ShapeRules rules, Valuation valuation)
    {
        var inference = new ShapeInference(body.Graph, rules, valuation, isBody: true);
        for (int i = 0; i < body.Inputs.Count; i++)
            inference.types[body.Inputs[i].Id] = inference.Reconciled(i < inputs.Count ? inputs[i] : null, body.Inputs[i]);
        foreach (var (inner, captured) in body.Captured) inference.types[inner.Id] = outer(captured);
        foreach (var node in body.Graph.Nodes) inference.Infer(node);
        return inference;
    }

    // Sizes that fit more nodes, symbol by symbol: windows, pads and hard-coded sizes have bounds of their own.
    private static ShapeInference Fitted(ShapeInference best)
    {
        int attempts = 0;
        for (bool improves = true; improves && best.warnings.Count > 0;)
        {
            improves = false;
            foreach (string symbol in best.Valuation.AllSymbols.ToList())
            {
                foreach (var size in best.Valuation.Others(symbol).ToList())
                {
                    if (++attempts > MostAttempts || best.warnings.Count == 0) return best;
                    var attempt = At(best.Graph, best.rules, best.Valuation.With(new Dictionary<string, Size> { [symbol] = size }));
                    if (attempt.understood.Count <= best.understood.Count) continue;
                    (best, improves) = (attempt, true);
                }
            }
        }
        return best;
    }

    // The symbols of a model may depend on each other, as those of past, new and all tokens do; sizes that do not fit reveal the dependence.
    private static ShapeInference Related(ShapeInference best, List<ValueInfoProto> inputs, DimensionSizes dimensions)
    {
        for (var bound = new Dictionary<string, Size>(); ;)
        {
            var attempt = At(best.Graph, best.rules, Valuation.Distinct(inputs, dimensions, bound));
            if (attempt.warnings.Count < best.warnings.Count) best = attempt;
            var relation = attempt.unequal.Select(u => attempt.Valuation.Relation(u.A, u.B)).FirstOrDefault(r => r is not null);
            if (relation is null) return best;
            bound.Add(relation.Value.Symbol, relation.Value.Size);
        }
    }

    private static ShapeInference At(Graph graph, ShapeRules rules, Valuation valuation)
    {
        var inference = new ShapeInference(graph, rules, valuation);
        foreach (var node in graph.Nodes) inference.Infer(node);
        return inference;
    }

    private TensorType InitialType(Value value, bool isBody)
    {
        if (value.Initializer is { } tensor)
            return new TensorType(Tensors.TypeOf(tensor), [.. tensor.Dims.Select(Size.Of)], IsKnown(value) ? KnownTensor.OfInitializer(tensor) : null);
        return value.IsInput && !isBody ? DeclaredType(value) : TensorType.Unknown;
    }

    // Integers that a caller may replace are the sizes at which the model runs by default. Nothing is known of other data that a caller may replace.
    private static bool IsKnown(Value initializer) => !initializer.IsDefault || !Tensors.IsFloat(initializer.Initializer!);

    private TensorType DeclaredType(Value value) => value.Declared is { } declared
        ? new TensorType((ElementType)(declared.Type?.TensorType?.ElemType ?? 0), Valuation.Shape(declared))
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
            derivesFromShapes[value.Id] = (rule?.ReadsShape == true && node.Inputs is [not null, ..])
                || (derives && types[value.Id].Content is not null && !(rule?.FillsShape == true && types[value.Id].Shape is { Length: > 1 }));
        }
    }

    private IReadOnlyList<TensorType>? Outputs(Node node, IShapeRule? rule)
    {
        if (rule is null || (!rule.AcceptsUnknownRanks && node.Inputs.Any(v => v is not null && this[v].Shape is null))) return null;
        var context = new ShapeContext(node, v => this[v], AssumeRank, (body, inputs, outer) => OfBody(body, inputs, outer, rules, Valuation));
        try
        {
            rule.InferShapes(context);
            if (context.Runs.Count > 0) Ran(node, context.Runs);
            return context.Outputs;
        }
        catch (Exception e) when (e is InfeasibleShapeException || Errors.IsMisfit(e))
        {
            if (e is InfeasibleShapeException { Unequal: { } sizes }) unequal.Add(sizes);
            warnings.Add(
                new Diagnostic(
                    Severity.Warning,
                    ErrorCodes.UnknownShape,
                    $"the shapes at {node.Label} do not match ({e.Message}); the channels that it reads and writes are not pruned"));
            return null;
        }
        catch (Exception e) when (e is not OnnxPruneException)
        {
            throw Errors.Defect(node.Label, "shapes were inferred", e);
        }
    }

    private void Ran(Node node, IReadOnlyList<BodyRun> bodies)
    {
        runs[node] = bodies;
        foreach (var body in bodies)
        {
            warnings.AddRange(body.Shapes.warnings);
            unequal.AddRange(body.Shapes.unequal);
        }
    }

    private void AssumeRank(Value value, int rank) =>
        types[value.Id] = types[value.Id] with { Shape = [.. Enumerable.Repeat(Size.Unknown, rank)] };

    // A rule's answer wins; the model's own declaration fills in where the rule, or its absence, leaves a shape open.
    private TensorType Reconciled(TensorType? inferred, Value value)
    {
        if (inferred?.Shape is not null || value.Declared?.Type?.TensorType is not { } declared) return inferred ?? TensorType.Unknown;
        var type = inferred is { Type: not ElementType.Undefined } ? inferred.Type : (ElementType)declared.ElemType;
        return new TensorType(type, declared.Shape is null ? null : [.. declared.Shape.Dim.Select(DeclaredSize)]);
    }

    // A symbol of an inner value is known if an input has it; what others stand for is the exporter's secret.
    private Size DeclaredSize(TensorShapeProto.Types.Dimension dimension)
    {
        if (dimension.HasDimValue) return dimension.DimValue > 0 ? Size.Of(dimension.DimValue) : Size.Unknown;
        return Valuation.SizeOf(dimension.DimParam);
    }
}
