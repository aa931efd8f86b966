using System.Reflection;

namespace OnnxPrune.Packages.Tests.Api;

/// <summary>What an assembly shows to its users, as sorted text: the types by namespace, and below each its members.</summary>
internal static class PublicApi
{
    /// <summary>The types of ONNX files, generated from onnx.proto.</summary>
    private const string Generated = "Onnx";

    /// <summary>The text.</summary>
    public static string Of(Assembly assembly)
    {
        var types = assembly.GetExportedTypes().Where(type => !type.IsNested);
        var spaces = types.GroupBy(type => type.Namespace!).OrderBy(space => space.Key, StringComparer.Ordinal);
        return string.Join("\n\n", spaces.Select(space => space.Key == Generated ? OfGenerated(space.Key) : OfNamespace(space.Key, space))) + "\n";
    }

    private static string OfGenerated(string name) =>
        $"namespace {name}: the messages and enumerations of Model/onnx.proto, as protobuf generates them";

    private static string OfNamespace(string name, IEnumerable<Type> types) =>
        string.Join("\n", [$"namespace {name}", .. Sorted(types).SelectMany(type => OfType(type, "    "))]);

    private static IEnumerable<string> OfType(Type type, string indent)
    {
        yield return indent + TypeDeclaration.Of(type);
        foreach (string member in MemberDeclarations.Of(type)) yield return $"{indent}    {member}";
        var nested = type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).Where(t => t.IsNestedPublic || t.IsNestedFamily);
        foreach (string line in Sorted(nested).SelectMany(t => OfType(t, indent + "    "))) yield return line;
    }

    private static IEnumerable<Type> Sorted(IEnumerable<Type> types) => types.OrderBy(type => type.Name, StringComparer.Ordinal);
}
