namespace OnnxPrune.Testing;

/// <summary>Networks behind sizes that no rule infers and the model declares, some of the axes of a tensor or all.</summary>
internal static class DeclaredShapeModels
{
    private static readonly Dictionary<string, (string Groups, string Declared, string Nodes)> Models = new()
    {
        ["a computed target"] = ("a[1] (32)", "float[rows,10] s", "s = Reshape (x, t2)  h = MatMul (s, a)  r = Relu (h)  y = MatMul (r, b)"),
        ["a computed target of which one size is known"] = ("c[0] (8)", "float[n,10,m] s", "s = Reshape (x, t3)  h = Conv (s, c)  r = Relu (h)  y = Conv (r, d)"),
        ["computed repeats"] = ("a[1] (32)", "float[n,10] s", "s = Tile (x, t2)  h = MatMul (s, a)  r = Relu (h)  y = MatMul (r, b)"),
        ["a computed shape"] = ("a[1] (32)", "float[n,10] s", "s = Expand (x, t2)  h = MatMul (s, a)  r = Relu (h)  y = MatMul (r, b)"),
        ["computed pads"] = ("a[1] (32)", "float[n,10] s", "s = Pad (x, t4)  h = MatMul (s, a)  r = Relu (h)  y = MatMul (r, b)"),
        ["computed ends"] = ("a[1] (32)", "float[n,10] s", "s = Slice (x, z2, t2)  h = MatMul (s, a)  r = Relu (h)  y = MatMul (r, b)"),
        ["axes that are computed"] = ("a[1] (32)", "float[n,10] s", "u = Unsqueeze (x, zero)  s = Squeeze (u, t1)  h = MatMul (s, a)  r = Relu (h)  y = MatMul (r, b)"),
    };

    /// <summary>What the models are, in words.</summary>
    public static IEnumerable<string> Kinds => Models.Keys;

    /// <summary>The groups of a model, all of which are exact.</summary>
    public static string GroupsOf(string kind) => Models[kind].Groups;

    /// <summary>A model as ONNX text, whose shapes are computed from inputs that no rule evaluates.</summary>
    public static string Text(string kind) => $$"""
        <ir_version: 8, opset_import: ["" : 17]> g (float[4,10] x, int64[1] i1, int64[2] i2, int64[3] i3, int64[4] i4) => (float y)
        <int64[1] zero = {0}, int64[2] z2 = {0, 0}, int64[2] v2 = {{(kind == "computed repeats" ? "{1, 1}" : "{4, 10}")}}, int64[3] v3 = {4, 10, 1},
         float[10,32] a = normal 0.4, float[32,6] b = normal 0.4, float[8,10,1] c = normal 0.4, float[5,8,1] d = normal 0.4, {{Models[kind].Declared}}>
        {
            t1 = Mul (i1, zero)  o2 = Mul (i2, zero)  t2 = Add (o2, v2)  o3 = Mul (i3, zero)  t3 = Add (o3, v3)  t4 = Mul (i4, zero)
            {{Models[kind].Nodes}}
        }
        """;
}
