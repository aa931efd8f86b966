using System.Reflection;
using System.Runtime.CompilerServices;

namespace OnnxPrune.Packages.Tests.Api;

/// <summary>Names of types as C# writes them, without namespaces, with <c>?</c> where null is allowed.</summary>
internal static class TypeName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
        [typeof(void)] = "void",
    };

    /// <summary>The name; without nullability where that is not given.</summary>
    public static string Of(Type type, NullabilityInfo? nullability = null)
    {
        if (type.IsByRef) return Of(type.GetElementType()!, nullability);
        if (Nullable.GetUnderlyingType(type) is { } inner) return Of(inner) + "?";
        bool mayBeNull = !type.IsValueType && !type.IsGenericParameter && nullability is { ReadState: NullabilityState.Nullable };
        return Plain(type, nullability) + (mayBeNull ? "?" : "");
    }

    private static string Plain(Type type, NullabilityInfo? nullability)
    {
        if (Keywords.TryGetValue(type, out string? keyword)) return keyword;
        if (type.IsArray) return $"{Of(type.GetElementType()!, nullability?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsPointer) return Of(type.GetElementType()!) + "*";
        string name = type.IsNested && !type.IsGenericParameter ? $"{Of(type.DeclaringType!)}.{type.Name}" : type.Name;
        if (!type.IsGenericType) return name;
        var arguments = type.GetGenericArguments().Select((argument, i) => Of(argument, nullability?.GenericTypeArguments.ElementAtOrDefault(i)));
        return typeof(ITuple).IsAssignableFrom(type) ? $"({string.Join(", ", arguments)})" : $"{name.Split('`')[0]}<{string.Join(", ", arguments)}>";
    }
}
